package io.undertone.model;

/** A memory belongs to another model than the one asked to use it. */
public final class ModelMismatchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ModelMismatchException(String expected, String actual) {
    super(
        "memory must be made by the model with fingerprint "
            + expected
            + ", but was made by "
            + actual);
  }
}

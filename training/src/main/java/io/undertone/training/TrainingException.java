package io.undertone.training;

/** Training cannot continue with its input; the message names what is wrong with it. */
public final class TrainingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TrainingException(String message) {
    super(message);
  }
}

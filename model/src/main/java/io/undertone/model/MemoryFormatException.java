package io.undertone.model;

/** Bytes are not a memory that this version can read. The message says what was expected. */
public final class MemoryFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public MemoryFormatException(String message) {
    super(message);
  }
}

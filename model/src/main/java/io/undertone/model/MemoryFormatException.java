package io.undertone.model;

/** Bytes that this version cannot read as a memory. The message names what was expected. */
public final class MemoryFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public MemoryFormatException(String message) {
    super(message);
  }
}

package io.undertone.operators.encryption;

/**
 * The keys of the state are unusable, or the one that it was encrypted with is missing. No restart
 * mends it. Messages name ids of keys, and never a key.
 */
public final class StateKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StateKeyException(String message) {
    super(message);
  }

  StateKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}

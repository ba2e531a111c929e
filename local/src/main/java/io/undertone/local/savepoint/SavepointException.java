package io.undertone.local.savepoint;

/** A savepoint cannot be read or written. The message says why. */
public final class SavepointException extends Exception {
  private static final long serialVersionUID = 1L;

  SavepointException(String message) {
    super(message);
  }

  SavepointException(String message, Throwable cause) {
    super(message, cause);
  }
}

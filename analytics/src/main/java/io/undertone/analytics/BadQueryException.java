package io.undertone.analytics;

/** A query is no valid SQL, or asks for what does not exist. The message is one line. */
public final class BadQueryException extends Exception {

  private static final long serialVersionUID = 1L;

  BadQueryException(String message, Throwable cause) {
    super(message, cause);
  }

  BadQueryException(String message) {
    super(message);
  }
}

package io.undertone.jobs.options;

/**
 * An option is unknown or has no use as it is; the message names it, its value and what is
 * expected.
 */
public final class InvalidOptionException extends Exception {

  private static final long serialVersionUID = 1L;

  public InvalidOptionException(String message) {
    super(message);
  }
}

package io.undertone.jobs.options;

/** A user gave an unknown option or a value that the job does not accept. */
public final class InvalidOptionException extends Exception {

  private static final long serialVersionUID = 1L;

  public InvalidOptionException(String message) {
    super(message);
  }

  public InvalidOptionException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.undertone.cli.terminal;

/** The user's input is at fault. The message is one line and says what to change. */
public final class UserErrorException extends Exception {

  private static final long serialVersionUID = 1L;

  public UserErrorException(String message) {
    super(message);
  }

  public UserErrorException(String message, Throwable cause) {
    super(message, cause);
  }
}

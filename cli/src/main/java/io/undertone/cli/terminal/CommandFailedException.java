package io.undertone.cli.terminal;

/** The command was right, but could not do its work. The message is one line. */
public final class CommandFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  public CommandFailedException(String message) {
    super(message);
  }

  public CommandFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.undertone.cli.terminal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Messages for Java's file exceptions, whose own messages often name the file only. */
public final class IoMessages {

  private IoMessages() {}

  /** One line that names the file and what is wrong with it. */
  public static String of(IOException e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof NoSuchFileException) {
      return message + " does not exist";
    } else if (e instanceof AccessDeniedException) {
      return message + " may not be read";
    } else if (e instanceof NotDirectoryException) {
      return message + " must be a folder, but is not";
    }
    return message;
  }
}

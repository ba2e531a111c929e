package io.undertone.audio.file;

import java.io.IOException;
import java.nio.file.Path;

/** A recording cannot be read. The message names the file and the reason, on one line. */
public final class AudioFileException extends IOException {
  private static final long serialVersionUID = 1L;

  AudioFileException(Path file, String reason) {
    super(file + ": " + reason);
  }

  AudioFileException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
  }
}

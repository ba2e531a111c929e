package io.undertone.model.torch.files;

import java.nio.file.Path;

/** A file of a model is missing or invalid. The message names file and reason. */
public final class ModelFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ModelFileException(Path file, String problem) {
    super(file + ": " + problem);
  }

  /** The cause's own message is the reason. */
  public ModelFileException(Path file, Exception cause) {
    super(file + ": " + cause.getMessage(), cause);
  }

  public ModelFileException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}

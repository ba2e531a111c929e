package io.undertone.cli.terminal;

import io.undertone.model.EmotionModel;
import io.undertone.model.EmotionModelFactory;
import io.undertone.model.torch.files.ModelFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the model. */
public final class ModelOption {
  private static final String DESCRIPTION_FILE = "undertone.json";

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Folder of the model (default: models/undertone-small of this checkout).")
  private Path directory = Home.defaultModel();

  /** Opens the model; whatever is wrong with its files is the user's error. */
  public EmotionModel open(ModelSource models) throws UserErrorException {
    try {
      return factory(models).open();
    } catch (ModelFileException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    }
  }

  /** A factory of the model, which is there. */
  public EmotionModelFactory factory(ModelSource models) throws UserErrorException {
    return models.at(directory());
  }

  /** The model's folder, which is there. */
  public Path directory() throws UserErrorException {
    return checked(directory);
  }

  /** A folder, which is there and a model's. */
  public static Path checked(Path directory) throws UserErrorException {
    if (!Files.isRegularFile(directory.resolve(DESCRIPTION_FILE))) {
      String wrong =
          Files.isDirectory(directory)
              ? "has no " + DESCRIPTION_FILE
              : Files.exists(directory) ? "is a file" : "does not exist";
      throw new UserErrorException(
          "--model must be a model's folder, but '%s' %s".formatted(directory, wrong));
    }
    return directory;
  }
}

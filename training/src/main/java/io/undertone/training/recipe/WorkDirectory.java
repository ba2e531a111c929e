package io.undertone.training.recipe;

import io.undertone.training.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Working directories, each of one run, which resumes there. */
public final class WorkDirectory {

  private WorkDirectory() {}

  /**
   * Marks a working directory as a run's, or checks that it already is.
   *
   * @param file in that directory
   * @param id tells runs apart
   * @throws TrainingException if it is another run's
   */
  public static void claim(Path file, String id) throws IOException {
    Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
    if (!Files.exists(file)) {
      Files.writeString(file, id);
    } else if (!Files.readString(file).equals(id)) {
      throw new TrainingException(
          file.getParent()
              + " holds another training, or its input files have changed;"
              + " delete it or name another directory");
    }
  }
}

package io.undertone.training.recipe;

import io.undertone.training.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Working directories, each of one run, which resumes there. */
public final class WorkDirectory {

  private static final String SEPARATOR = ": ";

  private WorkDirectory() {}

  /**
   * Marks a working directory as a run's, or checks that it already is. The file has a line for
   * each field.
   *
   * @param file in that directory
   * @param id what decides the run's results, by the field's name
   * @throws TrainingException if it is another run's; names the first field that differs
   */
  public static void claim(Path file, Map<String, ?> id) throws IOException {
    Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
    if (!Files.exists(file)) {
      Files.writeString(
          file,
          id.entrySet().stream()
              .map(field -> field.getKey() + SEPARATOR + field.getValue() + "\n")
              .collect(Collectors.joining()));
      return;
    }
    Map<String, String> known = read(file);
    for (Map.Entry<String, ?> field : id.entrySet()) {
      String before = known.getOrDefault(field.getKey(), "unknown");
      if (!before.equals(String.valueOf(field.getValue()))) {
        throw new TrainingException(
            "%s: %s must be %s, but is %s; to start anew, delete %s or name another directory"
                .formatted(file, field.getKey(), before, field.getValue(), file.getParent()));
      }
    }
  }

  private static Map<String, String> read(Path file) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      int at = line.indexOf(SEPARATOR);
      if (at >= 0) {
        fields.put(line.substring(0, at), line.substring(at + SEPARATOR.length()));
      }
    }
    return fields;
  }
}

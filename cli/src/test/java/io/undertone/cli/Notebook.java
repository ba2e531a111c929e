package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A notebook with its outputs.
 *
 * @param printed lines of text
 * @param pictures how many
 */
record Notebook(List<String> printed, int pictures) {
  /** Where the notebooks are. */
  static final Path FOLDER = Path.of("../notebooks");

  /**
   * Executes all cells as Debian's Jupyter does, on a file of events; other files are those beside
   * the notebook.
   *
   * @param directory receives the notebook with its outputs
   */
  static Notebook execute(String name, Path events, Path directory)
      throws IOException, InterruptedException {
    Path log = directory.resolve("nbconvert.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            "/usr/bin/jupyter-nbconvert",
            "--to",
            "notebook",
            "--execute",
            FOLDER.resolve(name).toRealPath().toString(),
            "--output-dir",
            directory.toString());
    builder.environment().put("UNDERTONE_EVENTS", events.toAbsolutePath().toString());
    builder.environment().put("PATH", "/usr/bin:/bin");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);

    assertThat(ended && process.exitValue() == 0).as(Files.readString(log)).isTrue();
    return read(directory.resolve(name));
  }

  /** Reads the outputs of a notebook. */
  static Notebook read(Path file) throws IOException {
    List<String> printed = new ArrayList<>();
    int pictures = 0;
    for (JsonNode cell : new ObjectMapper().readTree(file.toFile()).get("cells")) {
      for (JsonNode output : cell.path("outputs")) {
        output.path("text").forEach(line -> printed.add(line.asText()));
        pictures += output.path("data").has("image/png") ? 1 : 0;
      }
    }
    return new Notebook(printed, pictures);
  }
}

package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs the notebook as Debian's Jupyter does. */
final class Notebook {
  private static final Path FILE = Path.of("../notebooks/call-timeline.ipynb");

  private Notebook() {}

  /** Executes all cells on a file of events; answers the notebook with its outputs. */
  static Path execute(Path events, Path directory) throws IOException, InterruptedException {
    Path log = directory.resolve("nbconvert.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            "/usr/bin/jupyter-nbconvert",
            "--to",
            "notebook",
            "--execute",
            FILE.toRealPath().toString(),
            "--output-dir",
            directory.toString());
    builder.environment().put("UNDERTONE_EVENTS", events.toAbsolutePath().toString());
    builder.environment().put("PATH", "/usr/bin:/bin");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);

    assertThat(ended && process.exitValue() == 0).as(Files.readString(log)).isTrue();
    return directory.resolve(FILE.getFileName());
  }
}

package io.undertone.cli.export;

import io.undertone.cli.terminal.UserErrorException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Where Parquet files go, and how often they are rewritten. */
final class ParquetOptions {
  @Option(
      names = "--parquet",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the Parquet files; it is created if missing.")
  private Path directory = Path.of("");

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      description =
          "With --follow, how often new events are merged into the file of their day (default:"
              + " ${DEFAULT-VALUE}).")
  private int everySeconds = 300;

  Path directory() {
    return directory;
  }

  Duration interval() throws UserErrorException {
    if (everySeconds < 1) {
      throw new UserErrorException("--every must be at least 1 second, but is " + everySeconds);
    }
    return Duration.ofSeconds(everySeconds);
  }
}

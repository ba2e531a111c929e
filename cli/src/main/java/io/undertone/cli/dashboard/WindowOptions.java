package io.undertone.cli.dashboard;

import io.undertone.cli.terminal.UserErrorException;
import io.undertone.dashboard.calls.WindowBounds;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How much the dashboard remembers. */
final class WindowOptions {
  @Option(
      names = "--history-hours",
      paramLabel = "N",
      description =
          "How far the topic is read back at the start, and how long calls are kept (default:"
              + " ${DEFAULT-VALUE}).")
  private int historyHours = Math.toIntExact(WindowBounds.DEFAULT.history().toHours());

  @Option(
      names = "--max-calls",
      paramLabel = "N",
      description = "Most calls that are kept (default: ${DEFAULT-VALUE}).")
  private int maxCalls = WindowBounds.DEFAULT.calls();

  @Option(
      names = "--max-memory-mb",
      paramLabel = "N",
      description = "Most memory for them, in MiB (default: ${DEFAULT-VALUE}).")
  private int maxMemoryMb = Math.toIntExact(WindowBounds.DEFAULT.bytes() >> 20);

  WindowBounds bounds() throws UserErrorException {
    try {
      return new WindowBounds(Duration.ofHours(historyHours), maxCalls, (long) maxMemoryMb << 20);
    } catch (IllegalArgumentException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    }
  }
}

package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that cannot work are refused at once. The module webhooks tests the rest. */
class NotifyTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aWebhookWithoutAUrlIsRefusedWithItsFile() throws IOException {
    Path file = Files.writeString(folder.resolve("webhook.properties"), "secret=whsec_eA==\n");

    CommandRun run = notifying(file, "localhost:1");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).anyMatch(line -> line.contains(file + ": url must be one of http"));
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    CommandRun run = notifying(folder.resolve("none"), "localhost:1");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).anyMatch(line -> line.contains("--webhook must name a readable file"));
  }

  private static CommandRun notifying(Path file, String broker) {
    return CommandRun.of("notify", "--webhook", file.toString(), "--bootstrap-servers", broker);
  }
}

package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command refuses; a run is a test of the module {@code local}. */
class ChaosTest {

  @ParameterizedTest
  @CsvSource({
    "--minutes, 0, --minutes must be above 0",
    "--calls-at-once, 0, --calls-at-once must be at least 1",
    "--batch-size, 0, --batch-size must be at least 1",
    "--faults, flood, flood",
    "--model, nowhere, nowhere"
  })
  void refusesWhatItCannotDo(String option, String value, String message) {
    assertRefused(CommandRun.of("chaos", option, value), message);
  }

  @Test
  void namesAFolderWithoutRecordings(@TempDir Path directory) throws IOException {
    String model = CommandRun.modelIn(directory);

    assertRefused(CommandRun.of("chaos", "--model", model, "--calls", "nowhere"), "nowhere");
  }

  private static void assertRefused(CommandRun run, String message) {
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).hasSize(1);
    assertThat(run.err().get(0)).contains(message);
  }
}

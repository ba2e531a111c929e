package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest run; how fast is not asked. */
class BenchTest {
  private static final List<String> KEYS =
      List.of(
          "batch32OverBatch1",
          "sgemmFraction",
          "liveCallsPerCore",
          "chunksPerSecond",
          "vadChannelsPerCore",
          "cost2000Over10",
          "bytesPerConversation");

  @TempDir private Path directory;

  /** Another build on this machine may measure at the same time; what comes out does not matter. */
  @BeforeAll
  static void besideOthers() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  @Test
  void endsWithAllFiguresAsJson() throws IOException {
    RandomModel.write(directory);
    Path plots = directory.resolve("plots");
    CommandRun run =
        CommandRun.of(
            "bench",
            "--effort",
            "smoke",
            "--model",
            directory.toString(),
            "--speech",
            CommandRun.CALLS.resolve("lost-parcel.flac").toString(),
            "--json",
            "--plots",
            plots.toString());

    assertThat(run.status()).as("%s", run.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out().get(run.out().size() - 1));
    for (String key : KEYS) {
      assertThat(json.path(key).isNumber()).as(key).isTrue();
    }
    assertThat(json.path("micros").has("updateAndEstimate")).isTrue();
    assertThat(plots).isDirectoryContaining("glob:**live-calls.svg");
  }

  @Test
  void aSoakTooShortToTellGrowthIsTheUsersError() {
    CommandRun run = CommandRun.of("bench", "--soak", "5", "--model", ".");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).containsExactly("undertone: --soak must be at least 6 minutes, but is 5");
  }

  @Test
  void speechThatIsNotThereIsTheUsersError() {
    CommandRun run = CommandRun.of("bench", "--speech", "nowhere.flac", "--model", ".");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).hasSize(1);
  }
}

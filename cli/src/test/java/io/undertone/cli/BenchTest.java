package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest run; how fast is not asked. */
class BenchTest {
  private static final List<String> KEYS =
      List.of(
          "batch32OverBatch1",
          "sgemmFraction",
          "utteranceOverSgemm",
          "liveCallsOverDevice",
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
    assertThat(json.has("encoderFloat32OverSgemm")).isTrue();
    assertThat(json.has("encoderBf16OverSgemm")).isTrue();
    // A machine that is too busy for a smoke run leaves them empty; MachineFitTest has the figures.
    assertThat(json.has("machine")).isTrue();
    assertThat(json.has("foretold")).isTrue();
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
  void optionsWithoutEffectAreRefused() {
    assertUserError("--effort must not be given beside --quick", "--quick", "--effort", "smoke");
    assertUserError("--quick must not be given beside --soak", "--quick", "--soak", "6");
    assertUserError("--plots must not be given beside --soak", "--plots", "p", "--soak", "6");
  }

  @Test
  void silenceIsTheUsersError() throws IOException {
    Path silence = directory.resolve("silence.wav");
    AudioFormat format = new AudioFormat(8000, 16, 1, true, false);
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(new byte[32_000]), format, 16_000),
        AudioFileFormat.Type.WAVE,
        silence.toFile());

    assertUserError(
        silence + ": speech must have at least 1 utterance, but has none",
        "--effort",
        "smoke",
        "--model",
        CommandRun.modelIn(directory),
        "--speech",
        silence.toString());
  }

  private static void assertUserError(String message, String... arguments) {
    CommandRun run =
        CommandRun.of(
            Stream.concat(Stream.of("bench"), Stream.of(arguments)).toArray(String[]::new));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).containsExactly("undertone: " + message);
  }

  @Test
  void speechThatIsNotThereIsTheUsersError() {
    CommandRun run = CommandRun.of("bench", "--speech", "nowhere.flac", "--model", ".");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).hasSize(1);
  }
}

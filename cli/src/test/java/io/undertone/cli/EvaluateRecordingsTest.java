package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judges a model of random weights on a bundled call and on made sounds. */
class EvaluateRecordingsTest {
  private static final String CALL = CommandRun.CALLS.resolve("cold-house.flac").toString();

  @TempDir private Path directory;

  @BeforeEach
  void writeModel() {
    RandomModel.write(directory);
  }

  @Test
  void endsWithSharesAndAlarmsAnHourAsJson() throws IOException {
    String tone = sounds().resolve("ring-back-europe.wav").toString();

    CommandRun run =
        evaluate(
            "--recordings",
            CALL,
            tone,
            "--alarm-at",
            "1e-9",
            "--prior",
            "happy=0.1,sad=0.1,angry=0.1,neutral=0.7");

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    JsonNode json = lastLine(run).path("recordings");
    assertThat(json.path("prior").textValue()).startsWith("happy=0.1");
    assertThat(json.path("alarmAt").doubleValue()).isEqualTo(1e-9);
    assertThat(json.path("files").fieldNames()).toIterable().containsExactly(CALL, tone);
    JsonNode call = json.path("files").path(CALL);
    int utterances = call.path("utterances").intValue();
    assertThat(utterances).isBetween(5, 40);
    assertThat(call.path("speechMinutes").doubleValue())
        .isPositive()
        .isLessThan(call.path("minutes").doubleValue());
    for (String condition : List.of("window", "memory")) {
      JsonNode measured = call.path(condition);
      double sum = 0;
      for (String emotion : List.of("happy", "sad", "angry", "neutral")) {
        sum += measured.path(emotion).path("share").doubleValue();
        assertThat(measured.path(emotion).path("interval")).hasSize(2);
      }
      assertThat(sum).isCloseTo(1, within(1e-9));
      assertThat(measured.path("alarms").intValue()).isEqualTo(utterances);
      assertThat(measured.path("alarming").path("share").doubleValue()).isEqualTo(1);
      assertThat(measured.path("alarmsAnHour").doubleValue())
          .isCloseTo(60 * utterances / call.path("minutes").doubleValue(), within(1e-6));
    }
    assertThat(json.path("all").path("minutes").doubleValue())
        .isGreaterThan(call.path("minutes").doubleValue());
    assertThat(json.path("brief").path("utterances").intValue()).isLessThan(utterances);
    assertThat(run.out()).anyMatch(line -> line.startsWith("cold-house.flac "));
    assertThat(run.out()).anyMatch(line -> line.startsWith("all "));
  }

  @Test
  void reportsInvalidInputInOneLine() {
    assertUserError("no such file", "--recordings", "gone.flac");
    assertUserError("must name each file once", "--recordings", CALL, CALL);
    assertUserError("--alarm-at: alarm threshold", "--recordings", CALL, "--alarm-at", "1.5");
    assertUserError(
        "--audio must not be given with --recordings alone", "--recordings", CALL, "--audio", ".");
    assertUserError(
        "--alarm-at must not be given without --recordings",
        "--manifest",
        "clips.csv",
        "--audio",
        ".",
        "--alarm-at",
        "0.5");
    assertUserError(
        "--rank must not be given without --conversations", "--recordings", CALL, "--rank", "4");
  }

  @Test
  void refusesSoundsWithoutDuration() {
    CommandRun run = CommandRun.of("sounds", "--out", directory.toString(), "--seconds", "0");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).singleElement().asString().contains("--seconds must be from 1 to 3600");
  }

  private Path sounds() {
    Path sounds = directory.resolve("made/sounds");
    CommandRun run = CommandRun.of("sounds", "--out", sounds.toString(), "--seconds", "6");
    assertThat(run.status()).isZero();
    assertThat(sounds.toFile().list()).hasSize(12).contains("hold-music-strings.wav", "keys.wav");
    return sounds;
  }

  private void assertUserError(String message, String... arguments) {
    CommandRun run = evaluate(arguments);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).singleElement().asString().contains(message);
  }

  private CommandRun evaluate(String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("evaluate", "--model", directory.toString(), "--json"));
    all.addAll(Arrays.asList(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static JsonNode lastLine(CommandRun run) throws IOException {
    return new ObjectMapper().readTree(run.out().get(run.out().size() - 1));
  }
}

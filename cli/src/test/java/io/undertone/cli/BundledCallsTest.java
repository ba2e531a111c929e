package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.Pcm;
import io.undertone.audio.file.AudioFiles;
import io.undertone.cli.demo.BundledCalls;
import io.undertone.local.replay.CallRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The calls that come with the project are what their scripts say. */
class BundledCallsTest {
  private static final long LARGEST_SUM_BYTES = 3_000_000;
  private static final long LARGEST_RECORDING_BYTES = 4_000_000;

  static List<Path> calls() throws IOException {
    try (Stream<Path> files = Files.list(CommandRun.CALLS)) {
      return files.filter(file -> file.toString().endsWith(".flac")).sorted().toList();
    }
  }

  /** The synthetic calls. */
  static List<Path> scriptedCalls() throws IOException {
    return calls().stream().filter(call -> Files.exists(script(call))).toList();
  }

  /** The calls of real voices. */
  static List<Path> recordedCalls() throws IOException {
    return calls().stream().filter(call -> !Files.exists(script(call))).toList();
  }

  @Test
  void thereAreSeveralAndTheyAreSmall() throws IOException {
    long sumBytes = 0;
    for (Path call : scriptedCalls()) {
      sumBytes += Files.size(call);
    }
    assertThat(scriptedCalls()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(sumBytes).isLessThan(LARGEST_SUM_BYTES);
  }

  @Test
  void eachHasAQueueAndALanguage() throws IOException {
    assertThat(BundledCalls.in(CommandRun.CALLS))
        .extracting(CallRecording::attributes)
        .hasSize(calls().size())
        .allSatisfy(attributes -> assertThat(attributes).containsOnlyKeys("queue", "language"));
  }

  @Test
  void recordingsOfRealVoicesHaveTwoSidesAndANotice() throws IOException {
    assertThat(recordedCalls()).hasSize(2);
    for (Path call : recordedCalls()) {
      List<Pcm> sides = AudioFiles.read(call);
      assertThat(sides).hasSize(2).allMatch(side -> side.sampleRateHz() == 8000);
      assertThat(sides.get(0).durationMs()).isBetween(200_000L, 300_000L);
      assertThat(Files.size(call)).isLessThan(LARGEST_RECORDING_BYTES);
      assertThat(Path.of("../NOTICE")).content().contains("demo/calls/" + call.getFileName());
    }
  }

  @ParameterizedTest
  @MethodSource("scriptedCalls")
  void aCallHasTwoSidesAndSeveralEmotions(Path call) throws IOException {
    List<Pcm> sides = AudioFiles.read(call);
    Set<String> emotions = new HashSet<>();
    for (Turn turn : turns(call)) {
      emotions.add(turn.emotion());
    }

    assertThat(sides).hasSize(2).allMatch(side -> side.sampleRateHz() == 8000);
    assertThat(sides.get(0).durationMs()).isBetween(45_000L, 90_000L);
    assertThat(emotions).hasSizeGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("scriptedCalls")
  void whoSpeaksIsLouderThanWhoListens(Path call) throws IOException {
    List<Pcm> sides = AudioFiles.read(call);
    for (Turn turn : turns(call)) {
      int speaker = turn.role().equals("customer") ? 0 : 1;

      assertThat(loudness(sides.get(speaker), turn))
          .as(turn.toString())
          .isGreaterThan(20 * loudness(sides.get(1 - speaker), turn));
    }
  }

  private record Turn(String role, String emotion, int beginMs, int endMs) {}

  private static List<Turn> turns(Path call) throws IOException {
    return Files.readAllLines(script(call)).stream()
        .skip(1)
        .map(line -> line.split(",", 5))
        .map(f -> new Turn(f[0], f[1], Integer.parseInt(f[2]), Integer.parseInt(f[3])))
        .toList();
  }

  private static Path script(Path call) {
    return Path.of(call.toString().replace(".flac", ".csv"));
  }

  /** Root mean square. */
  private static double loudness(Pcm side, Turn turn) {
    float[] samples = Arrays.copyOfRange(side.samples(), turn.beginMs() * 8, turn.endMs() * 8);
    double sum = 0;
    for (float sample : samples) {
      sum += sample * sample;
    }
    return Math.sqrt(sum / samples.length);
  }
}

package io.undertone.bench.jmh;

import io.undertone.audio.file.AudioFileException;
import io.undertone.bench.measure.SpeechClips;
import java.nio.file.Path;

/**
 * The input of the benchmarks. It comes from system properties, since JMH creates the benchmarks.
 */
final class BenchInput {
  static final String RECORDING = "undertone.bench.recording";
  static final String MODEL = "undertone.bench.model";

  private BenchInput() {}

  static SpeechClips speech() throws AudioFileException {
    return SpeechClips.read(Path.of(required(RECORDING))).withoutPauses();
  }

  static Path model() {
    return Path.of(required(MODEL));
  }

  private static String required(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new IllegalStateException("system property " + property + " must be set, but is not");
    }
    return value;
  }
}

package io.undertone.training.corpus;

import io.undertone.audio.Pcm;
import java.util.Arrays;

/**
 * A part of a recording.
 *
 * @param beginMs from the start of the recording, at least 0
 * @param endMs above beginMs
 */
public record ClipPart(long beginMs, long endMs) {

  public ClipPart {
    if (beginMs < 0 || endMs <= beginMs) {
      throw new IllegalArgumentException(
          "begin_ms must be at least 0 and below end_ms, but they are %d and %d"
              .formatted(beginMs, endMs));
    }
  }

  /**
   * Cuts the part out of its recording.
   *
   * @throws IllegalArgumentException if the recording is shorter
   */
  Pcm of(Pcm recording) {
    int begin = Math.toIntExact(beginMs * recording.sampleRateHz() / 1000);
    int end = Math.toIntExact(endMs * recording.sampleRateHz() / 1000);
    int length = recording.samples().length;
    if (end > length) {
      throw new IllegalArgumentException(
          "end_ms must be at most the recording's %d, but is %d"
              .formatted(recording.durationMs(), endMs));
    }
    return new Pcm(Arrays.copyOfRange(recording.samples(), begin, end), recording.sampleRateHz());
  }

  @Override
  public String toString() {
    return "@" + beginMs + "-" + endMs;
  }
}

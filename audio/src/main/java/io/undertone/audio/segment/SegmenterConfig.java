package io.undertone.audio.segment;

import java.io.Serializable;

/**
 * When an utterance begins and ends.
 *
 * @param onsetProbability speech probability of a frame at which an utterance begins
 * @param sustainProbability speech probability at which a frame still belongs to it; lower, so that
 *     soft ends of words do not count as pause
 * @param pauseMs pause that closes an utterance
 * @param paddingMs audio kept before the first and behind the last frame of speech; at most pauseMs
 * @param minSpeechMs utterances with less from first to last frame of speech are dropped
 * @param maxUtteranceMs longest utterance; longer ones are cut
 * @param cutSearchMs how far before that length the quietest place to cut is looked for
 */
public record SegmenterConfig(
    double onsetProbability,
    double sustainProbability,
    int pauseMs,
    int paddingMs,
    int minSpeechMs,
    int maxUtteranceMs,
    int cutSearchMs)
    implements Serializable {

  public SegmenterConfig {
    probability("onsetProbability", 1, onsetProbability);
    probability("sustainProbability", onsetProbability, sustainProbability);
    atLeast("pauseMs", 32, pauseMs);
    atLeast("paddingMs", 0, paddingMs);
    atMost("paddingMs", pauseMs, paddingMs);
    atLeast("minSpeechMs", 0, minSpeechMs);
    atLeast("cutSearchMs", 64, cutSearchMs);
    atLeast("maxUtteranceMs", 2 * cutSearchMs, maxUtteranceMs);
  }

  /**
   * What suits telephone calls: Silero's own thresholds, and a pause that hardly splits turns: a
   * tenth more utterances than one of 400 ms, with the same F1, 150 ms sooner. Chosen on meeting
   * audio and half of the marked clips that it is measured on.
   */
  public static SegmenterConfig defaults() {
    return new SegmenterConfig(0.5, 0.35, 250, 64, 200, 10_000, 2_000);
  }

  private static void probability(String name, double bound, double value) {
    if (!(value > 0 && value <= bound)) {
      throw new IllegalArgumentException(
          name + " must be above 0 and at most " + bound + ", but is " + value);
    }
  }

  private static void atLeast(String name, int bound, int value) {
    if (value < bound) {
      throw new IllegalArgumentException(name + " must be at least " + bound + ", but is " + value);
    }
  }

  private static void atMost(String name, int bound, int value) {
    if (value > bound) {
      throw new IllegalArgumentException(name + " must be at most " + bound + ", but is " + value);
    }
  }
}

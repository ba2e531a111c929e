package io.undertone.bench.pipeline;

import io.undertone.bench.measure.ResidentSeries;

/**
 * The length and the calls of a soak test.
 *
 * @param calls number of concurrent calls; when one ends, another starts
 * @param turns length of the test; each turn is a customer's utterance and silence
 * @param leastTurns minimum per call; the last call ends with the test and may have fewer
 * @param mostTurns maximum per call
 * @param samples number of samples of resident memory, spread evenly over all turns
 */
public record SoakPlan(int calls, int turns, int leastTurns, int mostTurns, int samples) {
  /** Growth needs a sample in each sixth of the test. */
  public static final int LEAST_MINUTES = ResidentSeries.SIXTHS;

  static final int SPEECH_MS = 3_000;
  static final int TURN_MS = 6_000;

  private static final int TURNS_A_MINUTE = 60_000 / TURN_MS;
  private static final int CALLS = 60;

  public SoakPlan {
    atLeast("calls", 1, calls);
    atLeast("turns", 1, turns);
    atLeast("leastTurns", 1, leastTurns);
    atLeast("mostTurns", leastTurns, mostTurns);
    atLeast("samples", ResidentSeries.SIXTHS, samples);
  }

  /** 60 concurrent calls of two to three minutes each, and one sample per minute. */
  public static SoakPlan ofMinutes(int minutes) {
    atLeast("minutes", LEAST_MINUTES, minutes);
    return new SoakPlan(
        CALLS, minutes * TURNS_A_MINUTE, 2 * TURNS_A_MINUTE, 3 * TURNS_A_MINUTE, minutes);
  }

  /** When to take a sample, since the start of the test; samples count from 1. */
  long sampleAtMs(int sample) {
    return (long) turns * TURN_MS * sample / samples;
  }

  private static void atLeast(String name, int bound, int value) {
    if (value < bound) {
      throw new IllegalArgumentException(name + " must be at least " + bound + ", but is " + value);
    }
  }
}

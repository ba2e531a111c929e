package io.undertone.bench.pipeline;

import io.undertone.bench.measure.ResidentSeries;

/**
 * The length of a soak and its calls.
 *
 * @param calls live at a time; when one ends, another starts
 * @param turns one after the other, each a customer's utterance and silence
 * @param leastTurns of a call; the last call ends with the soak and may have fewer
 * @param mostTurns of a call
 * @param samples of resident memory, spread evenly over all turns
 */
public record SoakPlan(int calls, int turns, int leastTurns, int mostTurns, int samples) {
  /** With fewer samples growth cannot be measured. */
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

  /** 60 calls at a time, each of two to three minutes, and a sample a minute. */
  public static SoakPlan ofMinutes(int minutes) {
    atLeast("minutes", LEAST_MINUTES, minutes);
    return new SoakPlan(
        CALLS, minutes * TURNS_A_MINUTE, 2 * TURNS_A_MINUTE, 3 * TURNS_A_MINUTE, minutes);
  }

  /** From the start of the soak to the end of a sample's period; samples count from 1. */
  long sampleAtMs(int sample) {
    return (long) turns * TURN_MS * sample / samples;
  }

  private static void atLeast(String name, int bound, int value) {
    if (value < bound) {
      throw new IllegalArgumentException(name + " must be at least " + bound + ", but is " + value);
    }
  }
}

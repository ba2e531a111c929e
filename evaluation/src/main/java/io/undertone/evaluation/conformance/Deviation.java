package io.undertone.evaluation.conformance;

/** The largest absolute difference so far; NaN once a difference was NaN. */
final class Deviation {
  private double max;

  void add(double actual, double expected) {
    max = Math.max(max, Math.abs(actual - expected));
  }

  void add(float[] actual, float[] expected) {
    checkLengths(actual, expected);
    for (int i = 0; i < actual.length; i++) {
      add(actual[i], expected[i]);
    }
  }

  /** Adds the norm of the difference relative to the norm of the expected values. */
  void addRelative(float[] actual, float[] expected) {
    checkLengths(actual, expected);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < actual.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    add(Math.sqrt(difference / norm), 0);
  }

  /** The computation failed, so there is nothing to compare. */
  void fail() {
    max = Double.NaN;
  }

  double max() {
    return max;
  }

  private static void checkLengths(float[] actual, float[] expected) {
    if (actual.length != expected.length) {
      throw new IllegalArgumentException(
          "values must be " + expected.length + ", but are " + actual.length);
    }
  }
}

package io.undertone.training.conformance;

/** The largest absolute difference so far. Once one is not a number, it stays so. */
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

  /** The norm of the difference relative to that of what is expected. */
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

  /** There is nothing to compare, since the computation failed. */
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

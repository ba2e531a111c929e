package io.undertone.training.conformance;

/** The largest absolute difference so far. Once one is not a number, it stays so. */
final class Deviation {
  private double max;

  void add(double actual, double expected) {
    max = Math.max(max, Math.abs(actual - expected));
  }

  void add(float[] actual, float[] expected) {
    if (actual.length != expected.length) {
      throw new IllegalArgumentException(
          "values must be " + expected.length + ", but are " + actual.length);
    }
    for (int i = 0; i < actual.length; i++) {
      add(actual[i], expected[i]);
    }
  }

  /** There is nothing to compare, since the computation failed. */
  void fail() {
    max = Double.NaN;
  }

  double max() {
    return max;
  }
}

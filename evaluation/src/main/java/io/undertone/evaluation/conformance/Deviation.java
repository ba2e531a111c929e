package io.undertone.evaluation.conformance;

/** The largest difference so far; NaN once a difference was NaN. */
abstract class Deviation {
  private double max;

  private Deviation() {}

  /** Absolute differences, of each value. */
  static Deviation absolute() {
    return new Deviation() {
      @Override
      double difference(float[] actual, float[] expected) {
        double largest = 0;
        for (int i = 0; i < actual.length; i++) {
          largest = Math.max(largest, Math.abs((double) actual[i] - expected[i]));
        }
        return largest;
      }

      @Override
      double difference(double actual, double expected) {
        return Math.abs(actual - expected);
      }
    };
  }

  /** The norm of the difference, relative to the norm of the expected values. */
  static Deviation relative() {
    return new Deviation() {
      @Override
      double difference(float[] actual, float[] expected) {
        double squares = 0;
        double norm = 0;
        for (int i = 0; i < actual.length; i++) {
          squares += Math.pow(actual[i] - expected[i], 2);
          norm += Math.pow(expected[i], 2);
        }
        return Math.sqrt(squares / norm);
      }

      @Override
      double difference(double actual, double expected) {
        return Math.abs(actual - expected) / Math.abs(expected);
      }
    };
  }

  abstract double difference(float[] actual, float[] expected);

  abstract double difference(double actual, double expected);

  void add(double actual, double expected) {
    max = Math.max(max, difference(actual, expected));
  }

  /** Adds the difference of two vectors of one length. */
  void add(float[] actual, float[] expected) {
    if (actual.length != expected.length) {
      throw new IllegalArgumentException(
          "values must be " + expected.length + ", but are " + actual.length);
    }
    max = Math.max(max, difference(actual, expected));
  }

  /** The computation failed, so there is nothing to compare. */
  void fail() {
    max = Double.NaN;
  }

  double max() {
    return max;
  }
}

package io.undertone.operators;

/** Checks options. Messages name the value and the bound. */
public final class Bounds {

  private Bounds() {}

  /** Returns the value, or throws an IllegalArgumentException if it is below the minimum. */
  public static long atLeast(long minimum, String name, long value) {
    if (value < minimum) {
      throw new IllegalArgumentException(
          name + " must be at least " + minimum + ", but is " + value);
    }
    return value;
  }

  /** Returns the value, or throws an IllegalArgumentException if it is not within the bounds. */
  public static double within(double least, double most, String name, double value) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          name + " must be from " + least + " to " + most + ", but is " + value);
    }
    return value;
  }
}

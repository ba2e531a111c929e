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
}

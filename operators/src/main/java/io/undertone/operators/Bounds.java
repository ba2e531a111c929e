package io.undertone.operators;

/** Checks of options: the message names the value and the bound. */
public final class Bounds {

  private Bounds() {}

  /** The value, or an IllegalArgumentException if it is below the minimum. */
  public static long atLeast(long minimum, String name, long value) {
    if (value < minimum) {
      throw new IllegalArgumentException(
          name + " must be at least " + minimum + ", but is " + value);
    }
    return value;
  }
}

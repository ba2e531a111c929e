package io.undertone.training.evaluation;

import java.util.Locale;

/** A 95 % interval. */
public record Interval(double low, double high) {

  /**
   * The interval as tables print it, {@code [low, high]}.
   *
   * @param format of one bound, for example {@code %.3f}
   */
  public String text(String format) {
    return String.format(Locale.ROOT, "[" + format + ", " + format + "]", low, high);
  }
}

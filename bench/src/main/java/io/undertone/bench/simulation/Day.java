package io.undertone.bench.simulation;

import java.util.stream.IntStream;

/**
 * The calls of a contact centre's day.
 *
 * @param calls that begin on this day, on average
 * @param callSeconds mean duration of a call
 */
public record Day(double calls, double callSeconds) {
  public static final int HOURS = 24;
  static final double HOUR_MS = 3_600_000;
  static final double MS = HOURS * HOUR_MS;

  /**
   * Shares of the hours, in percent: two peaks, before and after noon, as Brown et al. 2005 found
   * (Statistical Analysis of a Telephone Call Center, section 4).
   */
  private static final double[] PERCENT = {
    0.2, 0.1, 0.1, 0.1, 0.2, 0.5, 1.5, 4.0, 8.0, 10.5, 11.0, 9.5, 8.0, 9.0, 9.5, 8.5, 7.0, 5.0, 3.0,
    2.0, 1.0, 0.6, 0.4, 0.3
  };

  public Day {
    if (!(calls >= 1 && calls <= 1e8)) {
      throw new IllegalArgumentException("calls must be from 1 to 1e8, but are " + calls);
    }
    if (!(callSeconds >= 10 && callSeconds <= 36_000)) {
      throw new IllegalArgumentException(
          "callSeconds must be from 10 to 36000, but are " + callSeconds);
    }
  }

  /** The hour of a time; what happens after midnight counts to the last. */
  static int hour(double ms) {
    return (int) Math.min(HOURS - 1, ms / HOUR_MS);
  }

  /** Calls that begin in a millisecond of an hour, on average. */
  double callsPerMs(int hour) {
    return calls
        * PERCENT[hour]
        / IntStream.range(0, HOURS).mapToDouble(h -> PERCENT[h]).sum()
        / HOUR_MS;
  }

  /**
   * Live calls to expect in an hour, by Little's law. Calls of the hour before are still live at
   * its start, so it counts if it had more.
   */
  public double liveCalls(int hour) {
    double most = Math.max(callsPerMs(hour), callsPerMs(Math.max(0, hour - 1)));
    return most * callSeconds * 1_000;
  }

  /** One part of this day, if its calls are divided evenly. */
  Day divided(int parts) {
    return new Day(Math.max(1, calls / parts), callSeconds);
  }
}

package io.undertone.jobs.options;

import java.util.List;

/**
 * How many failures the job survives: one more within the interval, and it fails for good, instead
 * of restarting forever.
 *
 * @param mostFailures within the interval
 * @param intervalMs in which failures are counted
 * @param delayMs between a failure and the restart
 */
public record RestartOptions(int mostFailures, long intervalMs, long delayMs) {
  private static final long ONE_DAY_MS = 86_400_000;

  static final Option<Integer> MOST_FAILURES =
      new Option<>(
          "restart-most-failures",
          "10",
          "failures within the interval that the job survives",
          ValueType.wholeNumber(1, 1_000_000));
  static final Option<Long> INTERVAL_MS =
      new Option<>(
          "restart-interval-ms",
          "600000",
          "time in which failures are counted",
          ValueType.wholeLong(1, ONE_DAY_MS));
  static final Option<Long> DELAY_MS =
      new Option<>(
          "restart-delay-ms",
          "3000",
          "time between a failure and the restart",
          ValueType.wholeLong(0, ONE_DAY_MS));
  static final List<Option<?>> OPTIONS = List.of(MOST_FAILURES, INTERVAL_MS, DELAY_MS);

  static RestartOptions from(OptionValues values) throws InvalidOptionException {
    return new RestartOptions(
        values.get(MOST_FAILURES), values.get(INTERVAL_MS), values.get(DELAY_MS));
  }
}

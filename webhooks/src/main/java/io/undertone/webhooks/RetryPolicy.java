package io.undertone.webhooks;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to try again.
 *
 * @param first pause after the first failure; each further one doubles it
 * @param longest pause
 * @param giveUpAfter how long an alert is tried since it was read
 */
public record RetryPolicy(Duration first, Duration longest, Duration giveUpAfter) {
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofHours(1));

  private static final int MOST_DOUBLINGS = 30;

  public RetryPolicy {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "pauses must be positive and grow, but are from %s to %s".formatted(first, longest));
    }
  }

  /**
   * The pause after failures in a row; a fifth of it is left to chance, so that many do not meet.
   */
  Duration pause(int failures, RandomGenerator random) {
    long doubled = first.toMillis() << Math.min(MOST_DOUBLINGS, Math.max(0, failures - 1));
    long pauseMs = Math.min(longest.toMillis(), doubled);
    return Duration.ofMillis(Math.round(pauseMs * (0.9 + 0.2 * random.nextDouble())));
  }
}

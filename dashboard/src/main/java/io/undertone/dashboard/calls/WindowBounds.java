package io.undertone.dashboard.calls;

import java.time.Duration;

/**
 * How much the dashboard remembers. What exceeds a bound is forgotten, ended calls first, the
 * oldest of them first.
 *
 * @param history how long a call stays after its last event, and how far the topic is read back
 * @param calls most calls
 * @param bytes most memory for them, as estimated
 */
public record WindowBounds(Duration history, int calls, long bytes) {
  public static final WindowBounds DEFAULT =
      new WindowBounds(Duration.ofHours(24), 50_000, 512L << 20);

  public WindowBounds {
    if (history.isNegative() || history.isZero() || calls < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "the window's bounds must be positive, but are %s, %d calls, %d bytes"
              .formatted(history, calls, bytes));
    }
  }
}

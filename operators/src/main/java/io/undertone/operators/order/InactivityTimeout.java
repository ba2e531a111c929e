package io.undertone.operators.order;

/**
 * When a call without chunks ends. Only time in which the stage could read its input counts:
 * neither before a restart, nor while backpressure blocked it, since unread chunks may be waiting.
 */
final class InactivityTimeout {
  private static final long NOT_STARTED = Long.MIN_VALUE;

  /** A timer that is late by more than a quarter of the timeout means the stage was blocked. */
  private static final int BLOCKED_DIVISOR = 4;

  private final long timeoutMs;
  private long activeSinceMs = NOT_STARTED;

  InactivityTimeout(long timeoutMs) {
    this.timeoutMs = timeoutMs;
  }

  /** Registers that the timer of a deadline has fired. */
  void fired(long deadlineMs, long nowMs) {
    if (nowMs - deadlineMs > timeoutMs / BLOCKED_DIVISOR) {
      activeSinceMs = nowMs;
    }
  }

  /** When a call ends if no chunk arrives after the last one. */
  long deadlineMs(long lastArrivalMs, long nowMs) {
    if (activeSinceMs == NOT_STARTED) {
      activeSinceMs = nowMs;
    }
    return Math.max(lastArrivalMs, activeSinceMs) + timeoutMs;
  }
}

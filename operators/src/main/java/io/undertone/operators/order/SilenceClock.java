package io.undertone.operators.order;

/**
 * When a silent call has ended. Silence counts only while the stage listened: neither before its
 * own start, nor while a slow stage behind it held it up. The chunks that a call has sent meanwhile
 * still wait to be read.
 */
final class SilenceClock {
  private static final long NOT_STARTED = Long.MIN_VALUE;

  /** A timer that fires later than by this part of the timeout tells that the stage was held up. */
  private static final int HELD_UP_PART = 4;

  private final long timeoutMs;
  private long listeningSinceMs = NOT_STARTED;

  SilenceClock(long timeoutMs) {
    this.timeoutMs = timeoutMs;
  }

  /** Takes note that the timer of a deadline has fired. */
  void fired(long deadlineMs, long nowMs) {
    if (nowMs - deadlineMs > timeoutMs / HELD_UP_PART) {
      listeningSinceMs = nowMs;
    }
  }

  /** When a call whose last chunk came at that time has ended, if none comes before. */
  long deadlineMs(long lastArrivalMs, long nowMs) {
    if (listeningSinceMs == NOT_STARTED) {
      listeningSinceMs = nowMs;
    }
    return Math.max(lastArrivalMs, listeningSinceMs) + timeoutMs;
  }
}

package io.undertone.operators.order;

/**
 * When a silent call has ended. Silence is counted from the stage's own start at the earliest:
 * after a restart the chunks that a call has sent meanwhile still wait to be read.
 */
final class SilenceClock {
  private static final long NOT_STARTED = Long.MIN_VALUE;

  private final long timeoutMs;
  private long startedMs = NOT_STARTED;

  SilenceClock(long timeoutMs) {
    this.timeoutMs = timeoutMs;
  }

  /** When a call whose last chunk came at that time has ended, if none comes before. */
  long deadlineMs(long lastArrivalMs, long nowMs) {
    if (startedMs == NOT_STARTED) {
      startedMs = nowMs;
    }
    return Math.max(lastArrivalMs, startedMs) + timeoutMs;
  }
}

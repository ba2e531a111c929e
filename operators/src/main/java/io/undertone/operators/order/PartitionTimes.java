package io.undertone.operators.order;

import io.undertone.operators.order.CallLimits.Patience;
import io.undertone.operators.state.CallOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * How far each partition has come, as this subtask has read it, and how long it has stood still by
 * the clock. By the clock, only time counts in which the stage could read its input: neither before
 * a restart, nor while backpressure blocked it, since unread chunks may be waiting.
 */
final class PartitionTimes {
  private static final long NOT_STARTED = Long.MIN_VALUE;

  /** A timer that is late by more than this part of the patience means the stage was blocked. */
  private static final int BLOCKED_DIVISOR = 4;

  /** Shortest time to the next look at a call, as a part of the patience. */
  private static final int LOOK_DIVISOR = 20;

  private final Map<Integer, Reached> partitions = new HashMap<>();
  private long activeSinceMs = NOT_STARTED;

  /**
   * How far a partition has come.
   *
   * @param timeMs time of the partition
   * @param sinceMs when it got there, by the clock
   */
  private record Reached(long timeMs, long sinceMs) {}

  /** Registers that a partition has reached a time. */
  void reach(int partition, long timeMs, long nowMs) {
    activate(nowMs);
    Reached known = partitions.get(partition);
    if (known == null || timeMs > known.timeMs) {
      partitions.put(partition, new Reached(timeMs, nowMs));
    }
  }

  /** Registers that a timer has fired. */
  void fired(long timerMs, Patience patience, long nowMs) {
    activate(nowMs);
    if (nowMs - timerMs > patience.clockMs() / BLOCKED_DIVISOR) {
      activeSinceMs = nowMs;
    }
  }

  /** Whether the partition's time since the last chunk of a call exceeds the patience. */
  boolean isOver(CallOrder call, Patience patience) {
    return passedMs(call) >= patience.recordsMs();
  }

  /** Whether the partition of a call has stood still for longer than the patience. */
  boolean isStalled(CallOrder call, Patience patience, long nowMs) {
    return stillMs(call, nowMs) >= patience.clockMs();
  }

  /** When to look at a call again, by the clock. */
  long nextLookMs(CallOrder call, Patience patience, long nowMs) {
    long leftMs =
        Math.min(patience.recordsMs() - passedMs(call), patience.clockMs() - stillMs(call, nowMs));
    return nowMs + Math.max(leftMs, 1 + patience.recordsMs() / LOOK_DIVISOR);
  }

  private long passedMs(CallOrder call) {
    Reached reached = partitions.get(call.getPartition());
    return reached == null ? 0 : Math.max(0, reached.timeMs - call.getPartitionTimeMs());
  }

  private long stillMs(CallOrder call, long nowMs) {
    activate(nowMs);
    long sinceMs = Math.max(activeSinceMs, call.getLastArrivalMs());
    Reached reached = partitions.get(call.getPartition());
    return nowMs - (reached == null ? sinceMs : Math.max(sinceMs, reached.sinceMs));
  }

  private void activate(long nowMs) {
    if (activeSinceMs == NOT_STARTED) {
      activeSinceMs = nowMs;
    }
  }
}

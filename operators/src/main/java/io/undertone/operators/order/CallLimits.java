package io.undertone.operators.order;

import io.undertone.operators.Bounds;
import io.undertone.operators.state.CallOrder;
import java.io.Serializable;

/**
 * When calls end, and how long the stage remembers them. All but {@code stalledTimeoutMs} are
 * measured in the time of the call's partition.
 *
 * @param conversationTimeoutMs a call without a chunk for this long ends. Must exceed the longest
 *     hold without audio
 * @param stalledTimeoutMs a call without a chunk for this long by the clock ends, if the time of
 *     its partition has not passed meanwhile; at least {@code conversationTimeoutMs} counts
 * @param lingerMs how long a call whose sender does not tell its channels waits for another channel
 *     after the last chunk of all channels so far
 * @param endedTtlMs how long an ended call is remembered, so that its late chunks do not start a
 *     new call
 * @param deniedTtlMs the same for a call whose analysis was denied. Must exceed the retention of
 *     the topic
 */
public record CallLimits(
    long conversationTimeoutMs,
    long stalledTimeoutMs,
    long lingerMs,
    long endedTtlMs,
    long deniedTtlMs)
    implements Serializable {

  public CallLimits {
    Bounds.atLeast(1, "conversationTimeoutMs", conversationTimeoutMs);
    Bounds.atLeast(1, "stalledTimeoutMs", stalledTimeoutMs);
    Bounds.atLeast(0, "lingerMs", lingerMs);
    Bounds.atLeast(1, "endedTtlMs", endedTtlMs);
    Bounds.atLeast(1, "deniedTtlMs", deniedTtlMs);
  }

  /** 5 minutes, an hour, 10 seconds, an hour, 8 days. */
  public static CallLimits defaults() {
    return new CallLimits(300_000, 3_600_000, 10_000, 3_600_000, 8 * 86_400_000L);
  }

  public CallLimits withConversationTimeoutMs(long timeoutMs) {
    return new CallLimits(timeoutMs, stalledTimeoutMs, lingerMs, endedTtlMs, deniedTtlMs);
  }

  /** How long a call in progress may be silent. */
  Patience patienceWith(CallOrder call) {
    return CallOrders.haveAllEnded(call)
        ? new Patience(lingerMs, lingerMs)
        : new Patience(conversationTimeoutMs, Math.max(conversationTimeoutMs, stalledTimeoutMs));
  }

  /** How long an ended call is remembered. */
  Patience memoryOf(CallOrder ended) {
    long ttlMs = ended.getDenied() ? deniedTtlMs : endedTtlMs;
    return new Patience(ttlMs, ttlMs);
  }

  /**
   * How long the stage waits.
   *
   * @param recordsMs in the time of the partition
   * @param clockMs by the clock, while the time of the partition stands still
   */
  record Patience(long recordsMs, long clockMs) {}
}

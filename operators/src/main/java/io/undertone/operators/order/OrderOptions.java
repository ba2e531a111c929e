package io.undertone.operators.order;

import io.undertone.operators.Bounds;
import java.io.Serializable;

/**
 * How long to wait.
 *
 * @param reorderBoundMs a missing chunk is given up when this much audio beyond it has come
 * @param maxBufferedChunks and when more chunks of the channel wait for it
 * @param maxIndexJump the largest step from a channel's highest chunkIndex to the next that is
 *     believed
 * @param conversationTimeoutMs a call without a chunk for this long (processing time) has ended,
 *     and what comes later is late: longer than callers are put on hold without audio
 * @param tombstoneTtlMs how long an ended call is remembered, so that its stragglers are late
 *     instead of a new call
 */
public record OrderOptions(
    long reorderBoundMs,
    int maxBufferedChunks,
    long maxIndexJump,
    long conversationTimeoutMs,
    long tombstoneTtlMs)
    implements Serializable {

  public OrderOptions {
    Bounds.atLeast(0, "reorderBoundMs", reorderBoundMs);
    Bounds.atLeast(1, "maxBufferedChunks", maxBufferedChunks);
    Bounds.atLeast(1, "maxIndexJump", maxIndexJump);
    Bounds.atLeast(1, "conversationTimeoutMs", conversationTimeoutMs);
    Bounds.atLeast(1, "tombstoneTtlMs", tombstoneTtlMs);
  }

  /** 2 seconds, 512 chunks, 100,000 indexes, 5 minutes, an hour. */
  public static OrderOptions defaults() {
    return new OrderOptions(2_000, 512, 100_000, 300_000, 3_600_000);
  }

  public OrderOptions withReorderBoundMs(long boundMs) {
    return new OrderOptions(
        boundMs, maxBufferedChunks, maxIndexJump, conversationTimeoutMs, tombstoneTtlMs);
  }

  public OrderOptions withConversationTimeoutMs(long timeoutMs) {
    return new OrderOptions(
        reorderBoundMs, maxBufferedChunks, maxIndexJump, timeoutMs, tombstoneTtlMs);
  }
}

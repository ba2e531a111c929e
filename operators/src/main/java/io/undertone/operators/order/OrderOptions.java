package io.undertone.operators.order;

import io.undertone.operators.Bounds;
import java.io.Serializable;

/**
 * Bounds of reordering, and timeouts.
 *
 * @param reorderBoundMs a missing chunk is given up when this much audio after it has arrived
 * @param maxBufferedChunks a missing chunk is given up when more chunks of its channel wait for it
 * @param maxBufferedBytes a missing chunk is given up when the waiting chunks of its call have more
 *     bytes of audio
 * @param maxIndexJump maximum step from a channel's highest chunkIndex to the next
 * @param conversationTimeoutMs a call ends after this processing time without a chunk, and later
 *     chunks are late. Must exceed the longest hold without audio
 * @param tombstoneTtlMs how long an ended call is remembered, so that its late chunks do not start
 *     a new call
 */
public record OrderOptions(
    long reorderBoundMs,
    int maxBufferedChunks,
    long maxBufferedBytes,
    long maxIndexJump,
    long conversationTimeoutMs,
    long tombstoneTtlMs)
    implements Serializable {

  public OrderOptions {
    Bounds.atLeast(0, "reorderBoundMs", reorderBoundMs);
    Bounds.atLeast(1, "maxBufferedChunks", maxBufferedChunks);
    Bounds.atLeast(1, "maxBufferedBytes", maxBufferedBytes);
    Bounds.atLeast(1, "maxIndexJump", maxIndexJump);
    Bounds.atLeast(1, "conversationTimeoutMs", conversationTimeoutMs);
    Bounds.atLeast(1, "tombstoneTtlMs", tombstoneTtlMs);
  }

  /** 2 seconds, 512 chunks, 4 MiB, 100,000 indexes, 5 minutes, an hour. */
  public static OrderOptions defaults() {
    return new OrderOptions(2_000, 512, 4 << 20, 100_000, 300_000, 3_600_000);
  }

  public OrderOptions withReorderBoundMs(long boundMs) {
    return new OrderOptions(
        boundMs,
        maxBufferedChunks,
        maxBufferedBytes,
        maxIndexJump,
        conversationTimeoutMs,
        tombstoneTtlMs);
  }

  public OrderOptions withConversationTimeoutMs(long timeoutMs) {
    return new OrderOptions(
        reorderBoundMs,
        maxBufferedChunks,
        maxBufferedBytes,
        maxIndexJump,
        timeoutMs,
        tombstoneTtlMs);
  }

  public OrderOptions withMaxBufferedBytes(long bytes) {
    return new OrderOptions(
        reorderBoundMs,
        maxBufferedChunks,
        bytes,
        maxIndexJump,
        conversationTimeoutMs,
        tombstoneTtlMs);
  }
}

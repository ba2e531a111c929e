package io.undertone.operators.segment;

import io.undertone.operators.Bounds;
import java.io.Serializable;

/**
 * How chunks join.
 *
 * @param offsetToleranceMs how far a chunk's begin may lie from the end of the one before, with
 *     none missing between them, before silence is put in or samples are taken out
 * @param maxFilledGapMs the longest gap that is filled with silence; a longer one closes the
 *     utterance, and the channel starts anew behind it
 */
public record SegmentOptions(long offsetToleranceMs, long maxFilledGapMs) implements Serializable {

  public SegmentOptions {
    Bounds.atLeast(0, "offsetToleranceMs", offsetToleranceMs);
    Bounds.atLeast(1, "maxFilledGapMs", maxFilledGapMs);
  }

  /** 60 ms, 5 seconds. */
  public static SegmentOptions defaults() {
    return new SegmentOptions(60, 5_000);
  }
}

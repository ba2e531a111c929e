package io.undertone.operators.segment;

import io.undertone.audio.segment.SegmenterConfig;
import io.undertone.operators.Bounds;
import java.io.Serializable;

/**
 * How chunks join and where utterances end.
 *
 * @param segmenter when an utterance begins and ends
 * @param offsetToleranceMs how far a chunk's begin may lie from the end of the one before, with
 *     none missing between them, before silence is put in or samples are taken out
 */
public record SegmentOptions(SegmenterConfig segmenter, long offsetToleranceMs)
    implements Serializable {
  /** What every model can hear: one token at 25 Hz. */
  private static final int MIN_SPEECH_MS = 40;

  public SegmentOptions {
    Bounds.atLeast(MIN_SPEECH_MS, "segmenter.minSpeechMs", segmenter.minSpeechMs());
    Bounds.atLeast(0, "offsetToleranceMs", offsetToleranceMs);
  }

  /** What suits telephone calls, and 60 ms. */
  public static SegmentOptions defaults() {
    return new SegmentOptions(SegmenterConfig.defaults(), 60);
  }

  public SegmentOptions withSegmenter(SegmenterConfig config) {
    return new SegmentOptions(config, offsetToleranceMs);
  }
}

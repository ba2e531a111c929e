package io.undertone.operators.segment;

import io.undertone.audio.segment.SegmenterConfig;
import io.undertone.operators.Bounds;
import java.io.Serializable;

/**
 * How chunks are joined and split into utterances.
 *
 * @param segmenter when an utterance starts and ends
 * @param offsetToleranceMs difference between the start of a chunk and the end of the previous one
 *     up to which no silence is inserted and no samples are dropped, unless a chunk is missing
 */
public record SegmentOptions(SegmenterConfig segmenter, long offsetToleranceMs)
    implements Serializable {
  /** Minimum input of every model: one token at 25 Hz. */
  private static final int MIN_SPEECH_MS = 40;

  public SegmentOptions {
    Bounds.atLeast(MIN_SPEECH_MS, "segmenter.minSpeechMs", segmenter.minSpeechMs());
    Bounds.atLeast(0, "offsetToleranceMs", offsetToleranceMs);
  }

  /** {@link SegmenterConfig#defaults}, and 60 ms. */
  public static SegmentOptions defaults() {
    return new SegmentOptions(SegmenterConfig.defaults(), 60);
  }

  public SegmentOptions withSegmenter(SegmenterConfig config) {
    return new SegmentOptions(config, offsetToleranceMs);
  }
}

package io.undertone.audio.segment;

import io.undertone.audio.resample.Resampler;
import io.undertone.audio.vad.VadState;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one channel between two chunks. A mutable value: the segmenter that is built
 * on it changes it. Positions are in samples at the working rate since the channel's begin.
 */
public final class SegmenterState {
  /** Of the channel's first sample, since the call's begin. */
  final long startOffsetMs;

  /** Null while the channel's audio has the working rate. */
  @Nullable Resampler resampler;

  /** Null before the first frame and after a long gap. */
  @Nullable VadState vad;

  SilenceGate gate = new SilenceGate();
  PendingAudio audio = new PendingAudio();
  MissingSpans missing = new MissingSpans();

  /** Up to where the detector has listened. */
  long analysedEnd;

  @Nullable OpenUtterance open;
  int nextIndex;

  private SegmenterState(long startOffsetMs) {
    this.startOffsetMs = startOffsetMs;
  }

  /**
   * A channel of which nothing was heard yet.
   *
   * @param startOffsetMs offset of its first sample, since the call's begin
   */
  public static SegmenterState startingAt(long startOffsetMs) {
    return new SegmenterState(startOffsetMs);
  }

  /** Offset of the sample that is expected next, since the call's begin. */
  public long nextOffsetMs() {
    long owed = resampler == null ? 0 : resampler.owedSamples();
    return offsetMs(audio.end() + owed);
  }

  long offsetMs(long position) {
    return startOffsetMs + position * 1000 / ChannelSegmenter.SAMPLE_RATE_HZ;
  }

  /** The state as bytes that begin with the version of their format. */
  public byte[] toBytes() {
    return SegmenterStateFormat.write(this);
  }

  /**
   * The state that {@link #toBytes} wrote; a segmenter that is built on it goes on bit for bit.
   *
   * @throws SegmenterStateFormatException if the version is unknown or the bytes are damaged
   */
  public static SegmenterState fromBytes(byte[] bytes) {
    return SegmenterStateFormat.read(bytes);
  }
}

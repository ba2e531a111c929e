package io.undertone.audio.segment;

import io.undertone.audio.resample.Resampler;
import io.undertone.audio.vad.VadState;
import org.jspecify.annotations.Nullable;

/**
 * State of one channel between two chunks, modified by its {@link ChannelSegmenter}. Positions are
 * samples at the working rate since the start of the channel.
 */
public final class SegmenterState {
  /** Offset of the channel's first sample, since the start of the call. */
  final long startOffsetMs;

  /** Null while the audio has the working rate. */
  @Nullable Resampler resampler;

  /** Null before the first frame and after a long gap. */
  @Nullable VadState vad;

  EnergyGate gate = new EnergyGate();
  PendingAudio audio = new PendingAudio();
  MissingSpans missing = new MissingSpans();

  /** End of the frames analysed so far. */
  long analysedEnd;

  @Nullable OpenUtterance open;
  int nextIndex;

  private SegmenterState(long startOffsetMs) {
    this.startOffsetMs = startOffsetMs;
  }

  /**
   * The state before a channel's first sample.
   *
   * @param startOffsetMs offset of the first sample, since the start of the call
   */
  public static SegmenterState startingAt(long startOffsetMs) {
    return new SegmenterState(startOffsetMs);
  }

  /**
   * The state of a channel that goes on as if it began anew, but for the numbers of its utterances.
   *
   * @param startOffsetMs offset of the next sample, since the start of the call
   */
  public SegmenterState continuedAt(long startOffsetMs) {
    SegmenterState state = startingAt(startOffsetMs);
    state.nextIndex = nextIndex;
    return state;
  }

  /** Offset of the next sample to accept, since the start of the call. */
  public long nextOffsetMs() {
    long remaining = resampler == null ? 0 : resampler.remainingSamples();
    return offsetMs(audio.end() + remaining);
  }

  /** Offset of the first sample that an utterance may still begin with. */
  public long pendingOffsetMs() {
    return offsetMs(audio.begin());
  }

  long offsetMs(long position) {
    return startOffsetMs + position * 1000 / ChannelSegmenter.SAMPLE_RATE_HZ;
  }

  /** Serializes the state; the bytes start with the version of their format. */
  public byte[] toBytes() {
    return SegmenterStateFormat.write(this);
  }

  /**
   * Restores the result of {@link #toBytes}; a segmenter continues from it bit for bit.
   *
   * @throws SegmenterStateFormatException if the version is unknown or the bytes are damaged
   */
  public static SegmenterState fromBytes(byte[] bytes) {
    return SegmenterStateFormat.read(bytes);
  }
}

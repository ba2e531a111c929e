package io.undertone.operators.segment;

import io.undertone.audio.codec.Codec;
import io.undertone.audio.segment.SegmenterState;
import io.undertone.schemas.Role;
import org.jspecify.annotations.Nullable;

/** Keyed state of the segment stage: what is known of one channel between two chunks. */
final class ChannelAudio {
  final Role role;

  /** Null once the channel has ended. */
  @Nullable SegmenterState segmenter;

  /** What the next chunk is decoded after; null at the begin and after a gap. */
  @Nullable DecoderHistory history;

  /** A chunk since the last audio could not be decoded. */
  boolean gap;

  /** Capture time of the call's offset 0 by the latest chunk, since 1970-01-01 UTC. */
  long callBeginMs;

  /** Where the channel's audio ends, since the call's begin. */
  long endOffsetMs;

  long missingAudioMs;

  /** What the decoder must hear of the chunks before, and how they were coded. */
  record DecoderHistory(Codec codec, int sampleRateHz, byte[] payload) {}

  ChannelAudio(Role role, @Nullable SegmenterState segmenter) {
    this.role = role;
    this.segmenter = segmenter;
  }

  static ChannelAudio startingAt(Role role, long startOffsetMs) {
    return new ChannelAudio(role, SegmenterState.startingAt(startOffsetMs));
  }

  /** What was heard before, if the decoder can go on from it. */
  byte @Nullable [] historyFor(Codec codec, int sampleRateHz) {
    return history != null && history.codec() == codec && history.sampleRateHz() == sampleRateHz
        ? history.payload()
        : null;
  }
}

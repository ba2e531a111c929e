package io.undertone.operators.segment;

import io.undertone.audio.codec.Codec;
import io.undertone.audio.segment.SegmenterState;
import io.undertone.schemas.Role;
import org.jspecify.annotations.Nullable;

/** Keyed state of the segment stage: one channel between two chunks. */
final class ChannelAudio {
  final Role role;

  /** Null once the channel has ended. */
  @Nullable SegmenterState segmenter;

  /** Input to the decoder before the next chunk; null at the start and after a gap. */
  @Nullable DecoderHistory history;

  /** Chunks of the audio that the next utterance may have. */
  AudioOrigins origins = new AudioOrigins();

  /** Chunks since the last audio are missing or undecodable. */
  boolean gap;

  /** Capture time of the start of the call, according to the latest chunk, since 1970-01-01 UTC. */
  long callBeginMs;

  /** End of the channel's audio, since the start of the call. */
  long endOffsetMs;

  long missingAudioMs;

  /** The decoder's history, see {@link io.undertone.audio.codec.ChunkDecoder#history}. */
  record DecoderHistory(Codec codec, int sampleRateHz, byte[] payload) {}

  ChannelAudio(Role role, @Nullable SegmenterState segmenter) {
    this.role = role;
    this.segmenter = segmenter;
  }

  static ChannelAudio startingAt(Role role, long startOffsetMs) {
    return new ChannelAudio(role, SegmenterState.startingAt(startOffsetMs));
  }

  /**
   * The channel with another role from here on. Nothing of its audio is taken over.
   *
   * @param open the segmenter until here
   * @param startOffsetMs of the next chunk, since the start of the call
   */
  ChannelAudio continuedAs(Role other, SegmenterState open, long startOffsetMs) {
    ChannelAudio continued = new ChannelAudio(other, open.continuedAt(startOffsetMs));
    continued.callBeginMs = callBeginMs;
    continued.endOffsetMs = endOffsetMs;
    continued.missingAudioMs = missingAudioMs;
    return continued;
  }

  /** The history, if it applies to a chunk of this codec and rate. */
  byte @Nullable [] historyFor(Codec codec, int sampleRateHz) {
    return history != null && history.codec() == codec && history.sampleRateHz() == sampleRateHz
        ? history.payload()
        : null;
  }
}

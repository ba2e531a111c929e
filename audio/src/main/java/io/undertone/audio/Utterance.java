package io.undertone.audio;

/**
 * A stretch of speech on one channel between two pauses: the unit that the model estimates.
 *
 * @param index position among the channel's utterances, from 0; -1 without audio
 * @param beginOffsetMs start, since the start of the call
 * @param endOffsetMs end, since the start of the call
 * @param missingAudioMs how much of the span is missing and filled with silence
 * @param audio the span's audio; empty if only voice activity was to be heard. The segmenter works
 *     on 16-bit samples: codecs yield them, and resampling rounds to them before segmentation, so
 *     no later step rounds again
 */
public record Utterance(
    int index, long beginOffsetMs, long endOffsetMs, long missingAudioMs, Pcm16 audio) {

  public Utterance {
    if (endOffsetMs < beginOffsetMs) {
      throw new IllegalArgumentException(
          "endOffsetMs must be at least beginOffsetMs = "
              + beginOffsetMs
              + ", but is "
              + endOffsetMs);
    }
  }

  /** The audio as floats, converted anew by each call. */
  public Pcm pcm() {
    return audio.toPcm();
  }
}

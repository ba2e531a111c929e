package io.undertone.audio;

/**
 * The unit that is scored and learned from: a stretch of one channel between two pauses.
 *
 * @param index position among the channel's utterances, from 0
 * @param beginOffsetMs begin, since the call's begin
 * @param endOffsetMs end, since the call's begin
 * @param missingAudioMs how much of the span never came and was filled with silence
 * @param pcm the span's audio
 */
public record Utterance(
    int index, long beginOffsetMs, long endOffsetMs, long missingAudioMs, Pcm pcm) {

  public Utterance {
    if (endOffsetMs < beginOffsetMs) {
      throw new IllegalArgumentException(
          "endOffsetMs must be at least beginOffsetMs = "
              + beginOffsetMs
              + ", but is "
              + endOffsetMs);
    }
  }
}

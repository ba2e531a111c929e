package io.undertone.model;

import io.undertone.audio.Pcm;
import java.util.Optional;

/**
 * An utterance and the memory of its channel.
 *
 * @param utterance at {@link EmotionModel#sampleRateHz()}, at least one token long
 * @param memory is updated with the utterance
 * @param otherSide the last estimate of the call's other side; empty if there is none
 */
public record RecognitionRequest(
    Pcm utterance, ChannelMemory memory, Optional<EmotionEstimate> otherSide) {

  /** Without another side. */
  public RecognitionRequest(Pcm utterance, ChannelMemory memory) {
    this(utterance, memory, Optional.empty());
  }
}

package io.undertone.model;

import io.undertone.audio.Pcm;
import java.util.Optional;

/**
 * An utterance and the memory of the channel that it belongs to.
 *
 * @param utterance at {@link EmotionModel#sampleRateHz()}, at least one token long
 * @param memory learns the utterance
 * @param otherSide what the call's other side was last heard to feel; empty if it has not spoken,
 *     or is not heard
 */
public record RecognitionRequest(
    Pcm utterance, LoraMemory memory, Optional<EmotionEstimate> otherSide) {

  /** Of a call's only side. */
  public RecognitionRequest(Pcm utterance, LoraMemory memory) {
    this(utterance, memory, Optional.empty());
  }
}

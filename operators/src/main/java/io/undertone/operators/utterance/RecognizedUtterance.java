package io.undertone.operators.utterance;

import io.undertone.model.MemoryUpdate;
import io.undertone.operators.Conversation;
import io.undertone.operators.InConversation;

/**
 * An utterance with its estimate, without audio.
 *
 * @param probabilities of each {@link io.undertone.model.Emotion}, in their order
 * @param update the update of the channel's memory by this utterance
 * @param updateStep number of the memory's updates, including this one
 * @param modelVersion name and fingerprint of the model
 */
public record RecognizedUtterance(
    UtteranceSpan span,
    float[] probabilities,
    MemoryUpdate update,
    int updateStep,
    String modelVersion)
    implements InConversation {

  @Override
  public Conversation conversation() {
    return span.conversation();
  }
}

package io.undertone.operators.utterance;

import io.undertone.model.MemoryUpdate;
import io.undertone.operators.Conversation;
import io.undertone.operators.InConversation;

/**
 * The result of an utterance, without its audio.
 *
 * @param span its place in the call
 * @param probabilities one for each {@link io.undertone.model.Emotion}, in their order
 * @param update of the channel's memory
 * @param updateStep updates of the channel's memory so far, with this one
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

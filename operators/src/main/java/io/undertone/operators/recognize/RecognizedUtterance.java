package io.undertone.operators.recognize;

import io.undertone.model.MemoryUpdate;
import io.undertone.operators.Conversation;
import io.undertone.operators.InConversation;
import io.undertone.operators.segment.UtteranceSpan;

/**
 * An utterance that was heard; the audio stays behind.
 *
 * @param span where it lies
 * @param probabilities one for each {@link io.undertone.model.Emotion}, in their order
 * @param update what the channel's memory made of it
 * @param updateStep how many updates the channel's memory has taken with this utterance
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

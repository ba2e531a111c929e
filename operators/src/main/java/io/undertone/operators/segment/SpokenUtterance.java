package io.undertone.operators.segment;

import io.undertone.audio.Pcm;
import io.undertone.operators.Conversation;
import io.undertone.operators.InConversation;

/**
 * An utterance to be heard.
 *
 * @param span where it lies
 * @param pcm its audio
 */
public record SpokenUtterance(UtteranceSpan span, Pcm pcm) implements InConversation {

  @Override
  public Conversation conversation() {
    return span.conversation();
  }
}

package io.undertone.operators;

import io.undertone.schemas.EmotionEvent;
import org.apache.flink.types.Either;

/** Key selectors for the streams between the stages. */
public final class ConversationKeys {

  private ConversationKeys() {}

  /** Key of an element of a call. */
  public static String of(InConversation element) {
    return element.conversation().key();
  }

  /** Key of an event's call. */
  public static String of(EmotionEvent event) {
    return new Conversation(event.getTenant(), event.getConversationId()).key();
  }

  /** Key of an element of a call, or of its end. */
  public static <T extends InConversation> String ofStep(Either<T, CallEnd> step) {
    return step.isLeft() ? of(step.left()) : of(step.right());
  }
}

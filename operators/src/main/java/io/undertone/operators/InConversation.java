package io.undertone.operators;

/** What belongs to one call. */
public interface InConversation {

  Conversation conversation();
}

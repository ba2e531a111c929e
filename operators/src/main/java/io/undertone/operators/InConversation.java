package io.undertone.operators;

/** An element that belongs to one call. */
public interface InConversation {

  Conversation conversation();
}

package io.undertone.operators.chunk;

import io.undertone.operators.Conversation;
import io.undertone.operators.InConversation;

/**
 * A chunk in its place.
 *
 * @param chunk the next of its channel
 * @param missingBefore how many chunks of the channel before it were given up
 */
public record OrderedChunk(Chunk chunk, long missingBefore) implements InConversation {

  @Override
  public Conversation conversation() {
    return chunk.conversation();
  }
}

package io.undertone.operators.chunk;

import io.undertone.operators.Conversation;
import io.undertone.operators.InConversation;

/**
 * The next chunk of a channel, in order.
 *
 * @param missingBefore number of chunks directly before it that were given up
 */
public record OrderedChunk(Chunk chunk, long missingBefore) implements InConversation {

  @Override
  public Conversation conversation() {
    return chunk.conversation();
  }
}

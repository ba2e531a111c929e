package io.undertone.operators.chunk;

import io.undertone.operators.Conversation;
import io.undertone.operators.InConversation;
import java.util.Map;

/**
 * The next chunk of a channel, in order.
 *
 * @param missingBefore number of chunks directly before it that were given up
 * @param attributes of the call, as of this chunk
 */
public record OrderedChunk(Chunk chunk, long missingBefore, Map<String, String> attributes)
    implements InConversation {

  @Override
  public Conversation conversation() {
    return chunk.conversation();
  }
}

package io.undertone.operators.chunk;

import io.undertone.operators.Conversation;
import io.undertone.operators.InConversation;

/**
 * A chunk, and the time of its partition when it was read.
 *
 * @param partitionTimeMs see {@link PartitionTime}
 */
public record TimedChunk(Chunk chunk, long partitionTimeMs) implements InConversation {

  public int partition() {
    return chunk.at().partition();
  }

  @Override
  public Conversation conversation() {
    return chunk.conversation();
  }
}

package io.undertone.operators.chunk;

import io.undertone.operators.Conversation;
import io.undertone.operators.InConversation;
import io.undertone.operators.RecordCoordinates;
import io.undertone.schemas.AudioChunk;

/**
 * A validated chunk.
 *
 * @param at position in Kafka
 * @param audio the chunk; its payload is empty if consent is denied
 */
public record Chunk(RecordCoordinates at, AudioChunk audio) implements InConversation {

  @Override
  public Conversation conversation() {
    return new Conversation(audio.getTenant(), audio.getConversationId());
  }
}

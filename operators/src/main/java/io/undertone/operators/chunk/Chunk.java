package io.undertone.operators.chunk;

import io.undertone.operators.Conversation;
import io.undertone.operators.InConversation;
import io.undertone.operators.RecordCoordinates;
import io.undertone.schemas.AudioChunk;

/**
 * A chunk that is in itself sound.
 *
 * @param at where it was read
 * @param audio the chunk; its payload is empty where the channel may not be analysed
 */
public record Chunk(RecordCoordinates at, AudioChunk audio) implements InConversation {

  @Override
  public Conversation conversation() {
    return new Conversation(audio.getTenant(), audio.getConversationId());
  }
}

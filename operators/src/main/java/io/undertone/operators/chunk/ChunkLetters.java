package io.undertone.operators.chunk;

import io.undertone.operators.Stage;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Dead letters of chunks whose audio may be stored. */
public final class ChunkLetters {

  private ChunkLetters() {}

  /** A letter whose value is the encoded chunk, ready to be sent again. */
  public static DeadLetter of(Chunk chunk, Stage stage, DeadLetterReason reason, String message) {
    AudioChunk audio = chunk.audio();
    String key = chunk.conversation().key();
    return DeadLetters.letter(chunk.at(), stage, reason, message)
        .setTenant(audio.getTenant())
        .setConversationId(audio.getConversationId())
        .setKey(ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)))
        .setValue(AudioChunkBytes.encode(audio))
        .build();
  }
}

package io.undertone.operators.chunk;

import io.undertone.operators.Stage;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import io.undertone.schemas.Role;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Dead letters of valid chunks. */
public final class ChunkLetters {

  private ChunkLetters() {}

  /**
   * A letter whose value is the encoded chunk, ready to be sent again.
   *
   * @param unstored roles whose audio may not be stored: letters of their chunks have no value
   */
  public static DeadLetter of(
      Chunk chunk, Stage stage, DeadLetterReason reason, String message, Set<Role> unstored) {
    AudioChunk audio = chunk.audio();
    String key = chunk.conversation().key();
    LetterBuilder letter =
        DeadLetters.letter(chunk.at(), stage, reason, message)
            .setTenant(audio.getTenant())
            .setConversationId(audio.getConversationId())
            .setKey(ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)));
    if (!unstored.contains(audio.getRole())) {
      letter.setValue(AudioChunkBytes.encode(audio));
    }
    return letter.build();
  }
}

package io.undertone.operators.decode;

import io.undertone.operators.DeadLetters;
import io.undertone.operators.Stage;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Dead letters of chunks whose audio may be kept. */
public final class ChunkLetters {

  private ChunkLetters() {}

  /** A letter that holds the chunk, encoded anew, so that it can be sent again. */
  public static DeadLetter of(Chunk chunk, Stage stage, DeadLetterReason reason, String message) {
    AudioChunk audio = chunk.audio();
    String key = chunk.conversation().key();
    return DeadLetters.letter(chunk.at(), stage, reason, message)
        .setTenant(audio.getTenant())
        .setConversationId(audio.getConversationId())
        .setKey(ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)))
        .setValue(encoded(audio))
        .build();
  }

  private static ByteBuffer encoded(AudioChunk audio) {
    try {
      return AudioChunk.getEncoder().encode(audio);
    } catch (IOException e) {
      throw new UncheckedIOException("a chunk that was read cannot be written", e);
    }
  }
}

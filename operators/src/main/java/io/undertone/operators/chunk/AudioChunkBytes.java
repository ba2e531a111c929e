package io.undertone.operators.chunk;

import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.PublishedSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.message.BinaryMessageDecoder;

/** Audio chunks in Avro single-object encoding, for chunks that were validated before. */
public final class AudioChunkBytes {
  private static final BinaryMessageDecoder<AudioChunk> DECODER =
      AudioChunk.createDecoder(PublishedSchemas.store(AudioChunk.getClassSchema()));

  private AudioChunkBytes() {}

  public static ByteBuffer encode(AudioChunk chunk) {
    try {
      return AudioChunk.getEncoder().encode(chunk);
    } catch (IOException e) {
      throw new UncheckedIOException("a valid chunk cannot be encoded", e);
    }
  }

  /** Decodes a chunk of any published schema version. */
  public static AudioChunk decode(ByteBuffer bytes) {
    try {
      return DECODER.decode(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("an encoded chunk cannot be decoded", e);
    }
  }
}

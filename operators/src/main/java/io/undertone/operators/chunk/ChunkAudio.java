package io.undertone.operators.chunk;

import io.undertone.audio.codec.Codec;
import io.undertone.schemas.AudioChunk;
import java.nio.ByteBuffer;

/** Codec and payload of a chunk, in the types of the audio module. */
public final class ChunkAudio {

  private ChunkAudio() {}

  /**
   * The codec of a chunk.
   *
   * @throws IllegalArgumentException if it is UNSUPPORTED, which a validated chunk never is
   */
  public static Codec codec(AudioChunk chunk) {
    return switch (chunk.getCodec()) {
      case PCM_S16LE -> Codec.PCM_S16LE;
      case PCMU -> Codec.PCMU;
      case PCMA -> Codec.PCMA;
      case OPUS -> Codec.OPUS;
      case UNSUPPORTED ->
          throw new IllegalArgumentException(
              "codec must be PCM_S16LE, PCMU, PCMA or OPUS, but is UNSUPPORTED");
    };
  }

  /** The payload. Do not modify it: it may be the chunk's own array. */
  public static byte[] payload(AudioChunk chunk) {
    ByteBuffer payload = chunk.getPayload();
    if (payload.hasArray() && payload.array().length == payload.remaining()) {
      return payload.array();
    }
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return bytes;
  }
}

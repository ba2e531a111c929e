package io.undertone.operators.decode;

import io.undertone.audio.codec.ChunkDecoder;
import io.undertone.audio.codec.Codec;
import io.undertone.audio.codec.UndecodableAudioException;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.DeadLetterReason;
import java.nio.ByteBuffer;

/** The audio of a chunk, in the words of the audio module. */
public final class ChunkAudio {

  private ChunkAudio() {}

  /** The codec of a chunk that was let through. */
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

  /** The payload, to be read only: it may be the chunk's own array. */
  public static byte[] payload(AudioChunk chunk) {
    ByteBuffer payload = chunk.getPayload();
    if (payload.hasArray() && payload.array().length == payload.remaining()) {
      return payload.array();
    }
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return bytes;
  }

  static void validate(AudioChunk chunk) throws InvalidChunkException {
    try {
      ChunkDecoder.validate(codec(chunk), chunk.getSampleRateHz(), payload(chunk));
    } catch (UndecodableAudioException | IllegalArgumentException e) {
      throw new InvalidChunkException(
          DeadLetterReason.UNDECODABLE_AUDIO, String.valueOf(e.getMessage()));
    }
  }
}

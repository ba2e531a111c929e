package io.undertone.jobs.replay;

import io.undertone.schemas.AudioCodec;

/** Codes the chunks of one channel, in their order. */
interface ChunkEncoder {

  /**
   * Codes the next chunk.
   *
   * @param samples linear, 16 bit
   * @return a payload as the schema of AudioChunk has it
   */
  byte[] encode(short[] samples);

  /**
   * An encoder for one channel.
   *
   * @throws IllegalArgumentException if the codec cannot take the sample rate or the chunk's length
   */
  static ChunkEncoder of(AudioCodec codec, int sampleRateHz, int chunkMs) {
    return switch (codec) {
      case PCM_S16LE -> new LinearEncoder();
      case PCMU, PCMA -> new G711Encoder(codec);
      case OPUS -> new OpusChunkEncoder(sampleRateHz, chunkMs);
      case UNSUPPORTED ->
          throw new IllegalArgumentException(
              "codec must be one of PCM_S16LE, PCMU, PCMA, OPUS, but is " + codec);
    };
  }
}

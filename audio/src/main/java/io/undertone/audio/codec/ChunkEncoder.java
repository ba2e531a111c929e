package io.undertone.audio.codec;

/** Codes the chunks of one channel, in their order. */
public interface ChunkEncoder {

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
  static ChunkEncoder of(Codec codec, int sampleRateHz, int chunkMs) {
    return of(codec, sampleRateHz, chunkMs, OpusChunkEncoder.BIT_RATE_FOR_THE_SAMPLE_RATE);
  }

  /**
   * The same with a bit rate.
   *
   * @param opusBitRate bits a second of OPUS, 6,000 to 510,000; the others have their own
   */
  static ChunkEncoder of(Codec codec, int sampleRateHz, int chunkMs, int opusBitRate) {
    return switch (codec) {
      case PCM_S16LE -> new LinearEncoder();
      case PCMU, PCMA -> new G711Encoder(codec);
      case OPUS -> new OpusChunkEncoder(sampleRateHz, chunkMs, opusBitRate);
    };
  }
}

package io.undertone.audio.codec;

/** Encodes the chunks of one channel, in order. */
public interface ChunkEncoder {

  /**
   * Encodes the next chunk.
   *
   * @param samples linear, 16 bit
   * @return a payload of an AudioChunk
   */
  byte[] encode(short[] samples);

  /**
   * Creates an encoder for one channel.
   *
   * @throws IllegalArgumentException if the codec does not support the sample rate or chunk length
   */
  static ChunkEncoder of(Codec codec, int sampleRateHz, int chunkMs) {
    return of(codec, sampleRateHz, chunkMs, OpusChunkEncoder.BIT_RATE_FOR_THE_SAMPLE_RATE);
  }

  /**
   * Creates an encoder with a bit rate.
   *
   * @param opusBitRate bits per second of OPUS, 6,000 to 510,000; ignored for other codecs
   */
  static ChunkEncoder of(Codec codec, int sampleRateHz, int chunkMs, int opusBitRate) {
    return switch (codec) {
      case PCM_S16LE -> new LinearEncoder();
      case PCMU, PCMA -> new G711Encoder(codec);
      case OPUS -> new OpusChunkEncoder(sampleRateHz, chunkMs, opusBitRate);
    };
  }
}

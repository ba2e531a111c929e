package io.undertone.audio.codec;

import io.undertone.audio.Pcm16;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the payload of a chunk: a pure function of the payload and a short history, so that a
 * restored job decodes the same samples as an uninterrupted one.
 */
public final class ChunkDecoder {
  public static final int MIN_SAMPLE_RATE_HZ = 8000;
  public static final int MAX_SAMPLE_RATE_HZ = 48000;

  /** Longest audio of a chunk. Without this limit, a few bytes of Opus could claim hours. */
  public static final int MAX_CHUNK_MS = 60_000;

  /** Rates share this divisor with the working rate, which keeps resampling tables small. */
  private static final int SAMPLE_RATE_STEP_HZ = 25;

  private ChunkDecoder() {}

  /**
   * Checks what needs no earlier chunk: rate, framing and length.
   *
   * @param sampleRateHz for OPUS one of the rates that Opus supports
   */
  public static void validate(Codec codec, int sampleRateHz, byte[] payload)
      throws UndecodableAudioException {
    durationMs(codec, sampleRateHz, payload);
  }

  /**
   * Decodes a payload, at sampleRateHz; OPUS always at 48 kHz.
   *
   * @param sampleRateHz ignored for OPUS, except that it must be valid
   * @param payload one channel; may be empty
   * @param history result of {@link #history} for the channel's previous chunk; null for the first
   *     chunk, after a gap and after a change of codec
   */
  public static Pcm16 decode(
      Codec codec, int sampleRateHz, byte[] payload, byte @Nullable [] history)
      throws UndecodableAudioException {
    validate(codec, sampleRateHz, payload);
    return switch (codec) {
      case PCM_S16LE -> linear(payload, sampleRateHz);
      case PCMU -> G711.MU_LAW.decode(payload, sampleRateHz);
      case PCMA -> G711.A_LAW.decode(payload, sampleRateHz);
      case OPUS -> OpusChunks.decode(payload, history);
    };
  }

  /**
   * The history for the channel's next chunk: the last 200 ms of packets for OPUS, empty for other
   * codecs.
   *
   * @param payload of the chunk that was decoded last
   * @param history that it was decoded with
   */
  public static byte[] history(Codec codec, byte[] payload, byte @Nullable [] history)
      throws UndecodableAudioException {
    return codec == Codec.OPUS ? OpusChunks.history(payload, history) : new byte[0];
  }

  /**
   * Duration of a payload, rounded down to milliseconds.
   *
   * @throws UndecodableAudioException as {@link #validate} does
   */
  public static long durationMs(Codec codec, int sampleRateHz, byte[] payload)
      throws UndecodableAudioException {
    validateRate(sampleRateHz);
    long durationMs =
        switch (codec) {
          case PCM_S16LE -> linearSamples(payload) * 1000L / sampleRateHz;
          case PCMU, PCMA -> payload.length * 1000L / sampleRateHz;
          case OPUS -> {
            OpusChunks.validateRate(sampleRateHz);
            yield OpusPackets.parse(payload).durationSamples() * 1000 / OpusPackets.SAMPLE_RATE_HZ;
          }
        };
    if (durationMs > MAX_CHUNK_MS) {
      throw new UndecodableAudioException(
          "a chunk must hold at most " + MAX_CHUNK_MS + " ms of audio, but holds " + durationMs);
    }
    return durationMs;
  }

  private static void validateRate(int sampleRateHz) throws UndecodableAudioException {
    if (sampleRateHz < MIN_SAMPLE_RATE_HZ
        || sampleRateHz > MAX_SAMPLE_RATE_HZ
        || sampleRateHz % SAMPLE_RATE_STEP_HZ != 0) {
      throw new UndecodableAudioException(
          "sampleRateHz must be a multiple of %d from %d to %d, but is %d"
              .formatted(
                  SAMPLE_RATE_STEP_HZ, MIN_SAMPLE_RATE_HZ, MAX_SAMPLE_RATE_HZ, sampleRateHz));
    }
  }

  private static int linearSamples(byte[] payload) throws UndecodableAudioException {
    if (payload.length % Short.BYTES != 0) {
      throw new UndecodableAudioException(
          "a PCM_S16LE payload must have an even number of bytes, but has " + payload.length);
    }
    return payload.length / Short.BYTES;
  }

  private static Pcm16 linear(byte[] payload, int sampleRateHz) {
    short[] samples = new short[payload.length / Short.BYTES];
    ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return new Pcm16(samples, sampleRateHz);
  }
}

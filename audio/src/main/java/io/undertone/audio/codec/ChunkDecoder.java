package io.undertone.audio.codec;

import io.undertone.audio.Pcm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * From the payload of one chunk to its waveform: a pure function, so that a job that was restored
 * hears what it would have heard undisturbed. All that a channel keeps between its chunks is the
 * payload before.
 */
public final class ChunkDecoder {
  public static final int MIN_SAMPLE_RATE_HZ = 8000;
  public static final int MAX_SAMPLE_RATE_HZ = 48000;

  /** The most audio that one chunk may hold: a few bytes of Opus could claim hours. */
  public static final int MAX_CHUNK_MS = 60_000;

  /** Rates of a common measure with the working rate, so that resampling tables stay small. */
  private static final int SAMPLE_RATE_STEP_HZ = 25;

  private ChunkDecoder() {}

  /**
   * Refuses what can be told to be unusable without the chunks before: rate, framing, length.
   *
   * @param sampleRateHz rate of the samples; for OPUS the rate to decode to
   */
  public static void validate(Codec codec, int sampleRateHz, byte[] payload)
      throws UndecodableAudioException {
    durationSamples(codec, sampleRateHz, payload);
  }

  /**
   * Duration of a valid payload, rounded down to milliseconds.
   *
   * @throws UndecodableAudioException as {@link #validate} does
   */
  public static long durationMs(Codec codec, int sampleRateHz, byte[] payload)
      throws UndecodableAudioException {
    return durationSamples(codec, sampleRateHz, payload) * 1000 / sampleRateHz;
  }

  /**
   * The payload's waveform.
   *
   * @param sampleRateHz rate of the samples; for OPUS the rate to decode to
   * @param payload one channel; may be empty
   * @param previousPayload the channel's chunk before, of the same codec and rate, or null after a
   *     gap and at the begin; heard by OPUS alone
   */
  public static Pcm decode(
      Codec codec, int sampleRateHz, byte[] payload, byte @Nullable [] previousPayload)
      throws UndecodableAudioException {
    validate(codec, sampleRateHz, payload);
    return switch (codec) {
      case PCM_S16LE -> linear(payload, sampleRateHz);
      case PCMU -> G711.MU_LAW.decode(payload, sampleRateHz);
      case PCMA -> G711.A_LAW.decode(payload, sampleRateHz);
      case OPUS ->
          OpusChunks.decode(
              OpusPackets.parse(payload, sampleRateHz), previousPayload, sampleRateHz);
    };
  }

  private static long durationSamples(Codec codec, int sampleRateHz, byte[] payload)
      throws UndecodableAudioException {
    validateRate(sampleRateHz);
    long samples =
        switch (codec) {
          case PCM_S16LE -> linearSamples(payload);
          case PCMU, PCMA -> payload.length;
          case OPUS -> {
            OpusChunks.validateRate(sampleRateHz);
            yield OpusPackets.parse(payload, sampleRateHz).durationSamples();
          }
        };
    long durationMs = samples * 1000 / sampleRateHz;
    if (durationMs > MAX_CHUNK_MS) {
      throw new UndecodableAudioException(
          "a chunk must hold at most " + MAX_CHUNK_MS + " ms of audio, but holds " + durationMs);
    }
    return samples;
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

  private static Pcm linear(byte[] payload, int sampleRateHz) {
    short[] samples = new short[payload.length / Short.BYTES];
    ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return Pcm.ofInt16(samples, sampleRateHz);
  }
}

package io.undertone.audio.codec;

import io.undertone.audio.Pcm16;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * From the payload of one chunk to its waveform: a pure function of the payload and a short
 * history, so that a job that was restored hears what it would have heard undisturbed.
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
   * @param sampleRateHz rate of the samples; for OPUS one of those that Opus knows
   */
  public static void validate(Codec codec, int sampleRateHz, byte[] payload)
      throws UndecodableAudioException {
    durationMs(codec, sampleRateHz, payload);
  }

  /**
   * The payload's waveform: at sampleRateHz, but OPUS always at 48 kHz.
   *
   * @param sampleRateHz rate of the samples; for OPUS it says nothing about the result
   * @param payload one channel; may be empty
   * @param history what {@link #history} returned for the channel's chunk before, or null after a
   *     gap, after a change of codec and at the begin
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
   * What the channel's next chunk must be decoded after: the last 200 ms of packets for OPUS,
   * nothing for the others.
   *
   * @param payload a chunk that was decoded
   * @param history what it was decoded after
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

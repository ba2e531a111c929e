package io.undertone.audio.codec;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.undertone.audio.Pcm;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decoding of Opus as a pure function of two payloads.
 *
 * <p>An Opus decoder remembers what it decoded before, and the library's cannot be written down. So
 * each chunk gets a decoder of its own that first hears the chunk before; what it remembers from
 * further back has faded by then. A restored job hears the same samples, bit for bit.
 */
final class OpusChunks {
  private static final Set<Integer> RATES_HZ = Set.of(8000, 12000, 16000, 24000, 48000);
  private static final int MONO = 1;

  private OpusChunks() {}

  static void validateRate(int sampleRateHz) throws UndecodableAudioException {
    if (!RATES_HZ.contains(sampleRateHz)) {
      throw new UndecodableAudioException(
          "sampleRateHz of OPUS must be one of "
              + new TreeSet<>(RATES_HZ)
              + ", but is "
              + sampleRateHz);
    }
  }

  static Pcm decode(OpusPackets chunk, byte @Nullable [] previousPayload, int sampleRateHz)
      throws UndecodableAudioException {
    OpusDecoder decoder = primedDecoder(previousPayload, sampleRateHz);
    return Pcm.ofInt16(decode(decoder, chunk), sampleRateHz);
  }

  /** A previous payload that cannot be decoded primes nothing: it was refused in its turn. */
  private static OpusDecoder primedDecoder(byte @Nullable [] previousPayload, int sampleRateHz)
      throws UndecodableAudioException {
    OpusDecoder decoder = newDecoder(sampleRateHz);
    if (previousPayload == null) {
      return decoder;
    }
    try {
      decode(decoder, OpusPackets.parse(previousPayload, sampleRateHz));
      return decoder;
    } catch (UndecodableAudioException refusedBefore) {
      return newDecoder(sampleRateHz);
    }
  }

  private static OpusDecoder newDecoder(int sampleRateHz) throws UndecodableAudioException {
    try {
      return new OpusDecoder(sampleRateHz, MONO);
    } catch (OpusException e) {
      throw new UndecodableAudioException("no Opus decoder for " + sampleRateHz + " Hz", e);
    }
  }

  private static short[] decode(OpusDecoder decoder, OpusPackets chunk)
      throws UndecodableAudioException {
    short[] decoded = new short[Math.toIntExact(chunk.durationSamples())];
    int filled = 0;
    for (int i = 0; i < chunk.packets().size(); i++) {
      OpusPackets.Packet packet = chunk.packets().get(i);
      try {
        filled +=
            decoder.decode(
                chunk.payload(),
                packet.offsetBytes(),
                packet.lengthBytes(),
                decoded,
                filled,
                decoded.length - filled,
                false);
      } catch (OpusException | RuntimeException | AssertionError e) {
        // The library also fails by index or by assertion where a packet's inside is nonsense.
        throw new UndecodableAudioException(
            "Opus packet %d of %d bytes cannot be decoded: %s"
                .formatted(i, packet.lengthBytes(), e.getMessage()),
            e);
      }
    }
    return Arrays.copyOf(decoded, filled);
  }
}

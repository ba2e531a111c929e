package io.undertone.audio.codec;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.undertone.audio.Pcm16;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decodes Opus as a pure function of a chunk and the packets before it.
 *
 * <p>An Opus decoder is stateful, and the library's state cannot be serialized. So each chunk gets
 * a new decoder that first decodes the preceding 200 ms. The difference to a decoder of the whole
 * call is 25 to 55 dB below the speech; with a single preceding packet of 20 ms it would be 4 dB.
 *
 * <p>The output is always 48 kHz: at lower rates Concentus 1.0.2 returns silence or noise for
 * hybrid (SILK and CELT) packets, which speech at 24 to 40 kbit/s consists of.
 */
final class OpusChunks {
  private static final int HISTORY_MS = 200;
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

  static Pcm16 decode(byte[] payload, byte @Nullable [] history) throws UndecodableAudioException {
    OpusPackets chunk = OpusPackets.parse(payload);
    OpusDecoder decoder = decoderAfter(history);
    return new Pcm16(decode(decoder, chunk), OpusPackets.SAMPLE_RATE_HZ);
  }

  static byte[] history(byte[] payload, byte @Nullable [] history)
      throws UndecodableAudioException {
    int before = history == null ? 0 : history.length;
    byte[] joined = Arrays.copyOf(history == null ? payload : history, before + payload.length);
    System.arraycopy(payload, 0, joined, before, payload.length);
    return OpusPackets.parse(joined).tail(HISTORY_MS * OpusPackets.SAMPLE_RATE_HZ / 1000);
  }

  /** An undecodable history is ignored. */
  private static OpusDecoder decoderAfter(byte @Nullable [] history) {
    OpusDecoder decoder = newDecoder();
    if (history == null) {
      return decoder;
    }
    try {
      decode(decoder, OpusPackets.parse(history));
      return decoder;
    } catch (UndecodableAudioException e) {
      return newDecoder();
    }
  }

  private static OpusDecoder newDecoder() {
    try {
      return new OpusDecoder(OpusPackets.SAMPLE_RATE_HZ, MONO);
    } catch (OpusException e) {
      throw new IllegalStateException("no Opus decoder for " + OpusPackets.SAMPLE_RATE_HZ, e);
    }
  }

  private static short[] decode(OpusDecoder decoder, OpusPackets chunk)
      throws UndecodableAudioException {
    short[] decoded = new short[Math.toIntExact(chunk.durationSamples())];
    int filled = 0;
    for (int i = 0; i < chunk.packets().size(); i++) {
      OpusPackets.Packet packet = chunk.packets().get(i);
      try {
        decoder.decode(
            chunk.payload(),
            packet.offsetBytes(),
            packet.lengthBytes(),
            decoded,
            filled,
            packet.durationSamples(),
            false);
      } catch (OpusException | RuntimeException | AssertionError e) {
        // The library also throws index and assertion errors on packets with invalid content.
        throw new UndecodableAudioException(
            "Opus packet %d of %d bytes cannot be decoded: %s"
                .formatted(i, packet.lengthBytes(), e.getMessage()),
            e);
      }
      filled += packet.durationSamples();
    }
    return decoded;
  }
}

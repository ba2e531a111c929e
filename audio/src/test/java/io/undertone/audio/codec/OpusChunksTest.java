package io.undertone.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Clips;
import io.undertone.audio.Pcm;
import io.undertone.audio.resample.Resampler;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpusChunksTest {

  @ParameterizedTest
  @CsvSource({
    "8000, 12000, 0.9",
    "8000, 32000, 0.9",
    "16000, 12000, 0.9",
    "16000, 24000, 0.9",
    "16000, 64000, 0.95",
    "24000, 32000, 0.9",
    "48000, 12000, 0.9",
    "48000, 32000, 0.9",
    "48000, 64000, 0.95",
  })
  void decodedSpeechCorrelatesWithTheOriginal(int encodedRateHz, int bitRate, double correlation)
      throws UndecodableAudioException {
    Pcm original = Clips.slice(Clips.threeSentences(encodedRateHz), 0, encodedRateHz * 2);

    Pcm decoded = decodeAll(OpusStream.payloads(original, bitRate, 1), 16_000);

    assertThat(decoded.sampleRateHz()).isEqualTo(48_000);
    assertThat(decoded.durationMs()).isEqualTo(2000);
    float[] originalAt8kHz = Resampler.resample(original, 8000).samples();
    float[] decodedAt8kHz = Resampler.resample(decoded, 8000).samples();
    assertThat(bestCorrelation(originalAt8kHz, decodedAt8kHz)).isGreaterThan(correlation);
  }

  private static Pcm decodeAll(List<byte[]> payloads, int rateHz) throws UndecodableAudioException {
    List<Pcm> chunks = new ArrayList<>();
    byte @Nullable [] history = null;
    for (byte[] payload : payloads) {
      chunks.add(ChunkDecoder.decode(Codec.OPUS, rateHz, payload, history).toPcm());
      history = ChunkDecoder.history(Codec.OPUS, payload, history);
    }
    return Clips.joined(chunks);
  }

  /** The best correlation over delays of up to 20 ms, since the codec adds some milliseconds. */
  private static double bestCorrelation(float[] original, float[] decoded) {
    return IntStream.range(0, 160)
        .mapToDouble(delay -> correlation(original, decoded, delay))
        .max()
        .orElseThrow();
  }

  private static double correlation(float[] original, float[] decoded, int delay) {
    double product = 0;
    double originalEnergy = 0;
    double decodedEnergy = 0;
    for (int i = delay; i < decoded.length; i++) {
      product += original[i - delay] * decoded[i];
      originalEnergy += original[i - delay] * original[i - delay];
      decodedEnergy += decoded[i] * decoded[i];
    }
    return product / Math.sqrt(originalEnergy * decodedEnergy);
  }

  @Test
  void theHistoryIsTheLast200Ms() throws UndecodableAudioException {
    List<byte[]> payloads = OpusStream.payloads(Clips.threeSentences(16_000), 24_000, 1);
    byte @Nullable [] history = null;
    for (byte[] payload : payloads.subList(0, 50)) {
      history = ChunkDecoder.history(Codec.OPUS, payload, history);
    }
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    payloads.subList(40, 50).forEach(expected::writeBytes);

    assertThat(history).isEqualTo(expected.toByteArray());
  }

  @Test
  void theHistoryAffectsTheResult() throws UndecodableAudioException {
    List<byte[]> payloads = OpusStream.payloads(Clips.threeSentences(16_000), 24_000, 1);
    byte[] payload = payloads.get(41);

    short[] after = ChunkDecoder.decode(Codec.OPUS, 16_000, payload, payloads.get(40)).samples();
    short[] alone = ChunkDecoder.decode(Codec.OPUS, 16_000, payload, null).samples();

    assertThat(after)
        .isEqualTo(ChunkDecoder.decode(Codec.OPUS, 16_000, payload, payloads.get(40)).samples())
        .isNotEqualTo(alone);
  }

  @Test
  void anUndecodableHistoryIsIgnored() throws UndecodableAudioException {
    byte[] payload = OpusStream.payloads(Clips.threeSentences(8000), 16_000, 2).get(20);

    assertThat(ChunkDecoder.decode(Codec.OPUS, 8000, payload, new byte[] {0, 9, 1}).samples())
        .isEqualTo(ChunkDecoder.decode(Codec.OPUS, 8000, payload, null).samples());
  }

  @Test
  void rejectsRatesThatOpusDoesNotSupport() {
    assertThatThrownBy(() -> ChunkDecoder.validate(Codec.OPUS, 44_100, new byte[0]))
        .isInstanceOf(UndecodableAudioException.class)
        .hasMessage(
            "sampleRateHz of OPUS must be one of [8000, 12000, 16000, 24000, 48000],"
                + " but is 44100");
  }

  @Test
  void rejectsInvalidFraming() {
    assertThatThrownBy(() -> ChunkDecoder.validate(Codec.OPUS, 8000, new byte[] {0}))
        .hasMessage("Opus packet 0 must be preceded by 2 bytes of length, but 1 byte is left");
    assertThatThrownBy(() -> ChunkDecoder.validate(Codec.OPUS, 8000, new byte[] {0, 0}))
        .hasMessage(
            "Opus packet 0 must have a length of 1 to 0 bytes, the rest of the payload, but has 0");
    assertThatThrownBy(() -> ChunkDecoder.validate(Codec.OPUS, 8000, new byte[] {1, 0, 5}))
        .hasMessage(
            "Opus packet 0 must have a length of 1 to 1 bytes, the rest of the payload, but has 256");
  }

  @Test
  void rejectsAFewBytesThatClaimHours() {
    byte[] manyPackets = new byte[3 * 3001];
    Arrays.fill(manyPackets, (byte) 0);
    for (int i = 1; i < manyPackets.length; i += 3) {
      manyPackets[i] = 1;
      manyPackets[i + 1] = 1 << 3;
    }

    assertThatThrownBy(() -> ChunkDecoder.validate(Codec.OPUS, 8000, manyPackets))
        .isInstanceOf(UndecodableAudioException.class)
        .hasMessage("a chunk must hold at most 60000 ms of audio, but holds 60020");
  }
}

package io.undertone.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.undertone.audio.Pcm16;
import java.util.Arrays;

/** Chunks of any bytes: decoded, or rejected as undecodable. CONTRIBUTING.md says how to fuzz. */
class ChunkBytesFuzzTest {
  private static final int[] RATES_HZ = {8000, 11_025, 12_000, 16_000, 24_000, 44_100, 48_000, 7};

  /** Codec, rate, length of the history, history, payload. */
  @FuzzTest(maxDuration = "3m")
  void chunk(byte[] bytes) {
    if (bytes.length < 3) {
      return;
    }
    Codec codec = Codec.values()[bytes[0] & 3];
    int rateHz = RATES_HZ[bytes[1] & 7];
    int payloadAt = Math.min(bytes.length, 3 + (bytes[2] & 0xff));
    byte[] history = Arrays.copyOfRange(bytes, 3, payloadAt);
    byte[] payload = Arrays.copyOfRange(bytes, payloadAt, bytes.length);
    try {
      Pcm16 pcm = ChunkDecoder.decode(codec, rateHz, payload, history);
      assertThat(pcm.samples().length * 1000L / pcm.sampleRateHz())
          .isEqualTo(ChunkDecoder.durationMs(codec, rateHz, payload));
      assertThat(ChunkDecoder.history(codec, payload, null)).hasSizeLessThanOrEqualTo(bytes.length);
    } catch (UndecodableAudioException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }
}

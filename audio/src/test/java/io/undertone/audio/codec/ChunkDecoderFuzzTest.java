package io.undertone.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.Clips;
import io.undertone.audio.Pcm;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkDecoderFuzzTest {
  private static final int[] RATES_HZ = {8000, 11_025, 16_000, 44_100, 48_000, 12_345};

  /** Counts decoded and rejected payloads; any other outcome fails the test. */
  private static final class Outcomes {
    int decoded;
    int rejected;

    void decode(Codec codec, int rateHz, byte[] payload, byte[] previous) {
      try {
        Pcm pcm = ChunkDecoder.decode(codec, rateHz, payload, previous).toPcm();
        assertThat(pcm.durationMs()).isEqualTo(ChunkDecoder.durationMs(codec, rateHz, payload));
        decoded++;
      } catch (UndecodableAudioException e) {
        assertThat(e.getMessage()).isNotBlank();
        rejected++;
      }
    }
  }

  @Test
  void randomBytesAreDecodedOrRejected() {
    Random random = new Random(11);
    Outcomes outcomes = new Outcomes();
    for (int i = 0; i < 8000; i++) {
      Codec codec = Codec.values()[random.nextInt(4)];
      int rateHz = RATES_HZ[random.nextInt(RATES_HZ.length)];
      outcomes.decode(codec, rateHz, bytes(random, 80), bytes(random, 80));
    }
    assertThat(outcomes.decoded).isPositive();
    assertThat(outcomes.rejected).isPositive();
  }

  @Test
  void validFramesOfRandomBytesAreDecodedOrRejected() {
    Random random = new Random(12);
    Outcomes outcomes = new Outcomes();
    for (int i = 0; i < 2000; i++) {
      outcomes.decode(Codec.OPUS, 16_000, framed(bytes(random, 120)), framed(bytes(random, 120)));
    }
    assertThat(outcomes.decoded).isPositive();
    assertThat(outcomes.rejected).isPositive();
  }

  @Test
  void damagedSpeechIsDecodedOrRejected() {
    Random random = new Random(13);
    List<byte[]> payloads = OpusStream.payloads(Clips.threeSentences(16_000), 20_000, 2);
    Outcomes outcomes = new Outcomes();
    for (int i = 0; i < 1000; i++) {
      byte[] damaged = payloads.get(random.nextInt(payloads.size())).clone();
      for (int flips = random.nextInt(8); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      outcomes.decode(Codec.OPUS, 16_000, damaged, payloads.get(i % payloads.size()));
    }
    assertThat(outcomes.decoded).isPositive();
    assertThat(outcomes.rejected).isPositive();
  }

  private static byte[] bytes(Random random, int maxLength) {
    byte[] bytes = new byte[random.nextInt(maxLength + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] framed(byte[] packet) {
    byte[] framed = new byte[packet.length + 2];
    framed[1] = (byte) packet.length;
    System.arraycopy(packet, 0, framed, 2, packet.length);
    return framed;
  }
}

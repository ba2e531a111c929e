package io.undertone.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.Clips;
import io.undertone.audio.Pcm;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkDecoderFuzzTest {
  private static final int[] RATES_HZ = {8000, 11_025, 16_000, 44_100, 48_000, 12_345};

  /** Counts how the decoder answers; anything but audio or a refusal fails the test. */
  private static final class Answers {
    int decoded;
    int refused;

    void ask(Codec codec, int rateHz, byte[] payload, byte[] previous) {
      try {
        Pcm pcm = ChunkDecoder.decode(codec, rateHz, payload, previous).toPcm();
        assertThat(pcm.durationMs()).isEqualTo(ChunkDecoder.durationMs(codec, rateHz, payload));
        decoded++;
      } catch (UndecodableAudioException e) {
        assertThat(e.getMessage()).isNotBlank();
        refused++;
      }
    }
  }

  @Test
  void randomBytesAreDecodedOrRefused() {
    Random random = new Random(11);
    Answers answers = new Answers();
    for (int i = 0; i < 8000; i++) {
      Codec codec = Codec.values()[random.nextInt(4)];
      int rateHz = RATES_HZ[random.nextInt(RATES_HZ.length)];
      answers.ask(codec, rateHz, bytes(random, 80), bytes(random, 80));
    }
    assertThat(answers.decoded).isPositive();
    assertThat(answers.refused).isPositive();
  }

  @Test
  void wellFramedNonsenseIsDecodedOrRefused() {
    Random random = new Random(12);
    Answers answers = new Answers();
    for (int i = 0; i < 2000; i++) {
      answers.ask(Codec.OPUS, 16_000, framed(bytes(random, 120)), framed(bytes(random, 120)));
    }
    assertThat(answers.decoded).isPositive();
    assertThat(answers.refused).isPositive();
  }

  @Test
  void damagedSpeechIsDecodedOrRefused() {
    Random random = new Random(13);
    List<byte[]> payloads = OpusStream.payloads(Clips.threeSentences(16_000), 20_000, 2);
    Answers answers = new Answers();
    for (int i = 0; i < 1000; i++) {
      byte[] damaged = payloads.get(random.nextInt(payloads.size())).clone();
      for (int flips = random.nextInt(8); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      answers.ask(Codec.OPUS, 16_000, damaged, payloads.get(i % payloads.size()));
    }
    assertThat(answers.decoded).isPositive();
    assertThat(answers.refused).isPositive();
  }

  private static byte[] bytes(Random random, int atMost) {
    byte[] bytes = new byte[random.nextInt(atMost + 1)];
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

package io.undertone.training.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.Pcm;
import io.undertone.model.torch.features.Voices;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TelephoneLineTest {

  private static final Pcm SPEECH = Voices.vowel(150, 700, 1.3);

  @Test
  void keepsTheLengthAndMostOfTheSpeech() {
    for (int line = 0; line < 40; line++) {
      Pcm received = TelephoneLine.draw(new Random(line)).transmit(SPEECH, new Random(100 + line));

      assertThat(received.sampleRateHz()).isEqualTo(SPEECH.sampleRateHz());
      assertThat(received.samples()).hasSameSizeAs(SPEECH.samples());
      assertThat(similarity(SPEECH.samples(), received.samples())).isGreaterThan(0.6);
      assertThat(received.samples()).isNotEqualTo(SPEECH.samples());
    }
  }

  @Test
  void theSameSeedGivesTheSameLine() {
    Pcm first = TelephoneLine.draw(new Random(5)).transmit(SPEECH, new Random(6));
    Pcm second = TelephoneLine.draw(new Random(5)).transmit(SPEECH, new Random(6));

    assertThat(second.samples()).isEqualTo(first.samples());
  }

  /** Largest correlation over delays of up to 8 ms, a codec's delay. */
  private static double similarity(float[] sent, float[] received) {
    double best = 0;
    for (int delay = 0; delay <= 64; delay++) {
      double product = 0;
      double sentSquares = 0;
      double receivedSquares = 0;
      for (int i = 0; i + delay < sent.length; i++) {
        product += (double) sent[i] * received[i + delay];
        sentSquares += (double) sent[i] * sent[i];
        receivedSquares += (double) received[i + delay] * received[i + delay];
      }
      best = Math.max(best, product / Math.sqrt(sentSquares * receivedSquares + 1e-12));
    }
    return best;
  }
}

package io.undertone.training.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.Pcm;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpeedChangeTest {

  private static final int RATE_HZ = 8000;

  @Test
  void fasterSpeechIsShorterAndHigher() {
    float[] tone = new float[8800];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * 400 * i / RATE_HZ));
    }

    Pcm faster = new SpeedChange(110).applyTo(new Pcm(tone, RATE_HZ));

    assertThat(faster.sampleRateHz()).isEqualTo(RATE_HZ);
    assertThat(faster.samples()).hasSize(8000);
    assertThat(crossings(faster.samples())).isBetween(878, 882);
  }

  /** Changes of sign: two in each period of a tone. */
  private static int crossings(float[] samples) {
    int crossings = 0;
    for (int i = 1; i < samples.length; i++) {
      crossings += samples[i - 1] < 0 != samples[i] < 0 ? 1 : 0;
    }
    return crossings;
  }

  @Test
  void drawsSpeedsUpToTwelvePercentFromTheOriginal() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      assertThat(SpeedChange.draw(random).percent()).isBetween(88, 112);
    }
  }
}

package io.undertone.model.torch.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.audio.Pcm;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameFeaturesTest {

  @ParameterizedTest
  @ValueSource(doubles = {90, 140, 220, 310})
  void hearsThePitchOfAVoice(double fundamentalHz) {
    FrameFeatures features = FrameFeatures.of(Voices.vowel(fundamentalHz, 700, 1));

    double[] pitches = new double[features.frames()];
    for (int frame = 0; frame < pitches.length; frame++) {
      pitches[frame] =
          Math.exp(features.values()[frame * FrameFeatures.WIDTH + FrameFeatures.LOG_F0]);
    }
    Arrays.sort(pitches);
    assertThat(pitches[pitches.length / 2]).isCloseTo(fundamentalHz, within(fundamentalHz * 0.03));
  }

  @Test
  void noiseHasNoPitch() {
    java.util.Random random = new java.util.Random(1);
    float[] samples = new float[8000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) random.nextGaussian() * 0.1f;
    }
    FrameFeatures features = FrameFeatures.of(new Pcm(samples, 8000));

    int voiced = 0;
    for (int frame = 0; frame < features.frames(); frame++) {
      if (features.values()[frame * FrameFeatures.WIDTH + FrameFeatures.LOG_F0] > 0) {
        voiced++;
      }
    }
    assertThat(voiced).isLessThan(features.frames() / 5);
  }

  @Test
  void theLevelDoesNotMatter() {
    Pcm voice = Voices.vowel(150, 900, 1);
    float[] quiet = voice.samples().clone();
    for (int i = 0; i < quiet.length; i++) {
      quiet[i] *= 0.05f;
    }

    float[] loudFeatures = FrameFeatures.of(voice).values();
    float[] quietFeatures = FrameFeatures.of(new Pcm(quiet, 8000)).values();

    assertThat(quietFeatures).hasSameSizeAs(loudFeatures);
    assertThat(largestDifference(loudFeatures, quietFeatures)).isLessThan(0.01f);
  }

  @Test
  void silenceAroundSpeechIsCutOff() {
    Pcm voice = Voices.vowel(150, 900, 1);
    float[] padded = new float[3 * 8000];
    System.arraycopy(voice.samples(), 0, padded, 8000, 8000);

    FrameFeatures features = FrameFeatures.of(new Pcm(padded, 8000));

    assertThat(features.frames()).isBetween(100, 115);
  }

  @Test
  void refusesAnotherRateByName() {
    assertThatThrownBy(() -> FrameFeatures.of(new Pcm(new float[16000], 16000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sampleRateHz must be 8000, but is 16000");
  }

  @Test
  void aConstantFilterOfTheLineDisappears() {
    FrameFeatures features = FrameFeatures.of(Voices.vowel(180, 1200, 1));
    float[] filtered = features.values().clone();
    for (int frame = 0; frame < features.frames(); frame++) {
      for (int band = 0; band < FrameFeatures.MEL_BANDS; band++) {
        filtered[frame * FrameFeatures.WIDTH + band] += 0.1f * band - 2;
      }
    }

    float[] plain = StackedFeatures.of(features).values();
    float[] behindLine =
        StackedFeatures.of(new FrameFeatures(filtered, features.frames())).values();

    assertThat(largestDifference(plain, behindLine)).isLessThan(1e-4f);
  }

  private static float largestDifference(float[] a, float[] b) {
    float largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}

package io.undertone.model.torch.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerSpectrumTest {

  @ParameterizedTest
  @CsvSource({"200, 256, 10", "400, 400, 0", "200, 256, -50", "200, 256, 450"})
  void isThePowerOfTheFourierTransform(int windowSize, int fftSize, int begin) {
    float[] window = HannWindow.periodic(windowSize);
    float[] samples = new float[500];
    Random random = new Random(1);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) random.nextGaussian();
    }

    float[] power = new PowerSpectrum(window, fftSize).of(samples, begin);

    assertThat(power).hasSize(fftSize / 2 + 1);
    for (int bin = 0; bin < power.length; bin++) {
      double re = 0;
      double im = 0;
      for (int i = Math.max(0, -begin); i < windowSize && begin + i < samples.length; i++) {
        double value = window[i] * samples[begin + i];
        re += value * Math.cos(2 * Math.PI * bin * i / fftSize);
        im -= value * Math.sin(2 * Math.PI * bin * i / fftSize);
      }
      assertThat((double) power[bin]).isCloseTo(re * re + im * im, within(2e-3));
    }
  }

  @Test
  void windowsAreRaisedCosines() {
    assertThat(HannWindow.symmetric(5)).containsExactly(0, 0.5f, 1, 0.5f, 0);
    assertThat(HannWindow.periodic(4)).containsExactly(0, 0.5f, 1, 0.5f);
  }
}

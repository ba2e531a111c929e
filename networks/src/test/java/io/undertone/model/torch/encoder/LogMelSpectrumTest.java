package io.undertone.model.torch.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import io.undertone.audio.Pcm;
import io.undertone.model.torch.WhisperBase;
import io.undertone.model.torch.files.TensorFiles;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogMelSpectrumTest {
  private static final int BANDS = 80;

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void equalsTheReference(int clip) {
    try (TensorFiles expected = WhisperBase.expected()) {
      LogMel mel = WhisperBase.mel(expected, clip);

      Shape shape = new Shape(BANDS, mel.frames());
      float[] reference = expected.read("clip" + clip + ".mel", shape);
      float largest = 0;
      for (int frame = 0; frame < mel.frames(); frame++) {
        for (int band = 0; band < BANDS; band++) {
          float difference =
              mel.values()[frame * BANDS + band] - reference[band * mel.frames() + frame];
          largest = Math.max(largest, Math.abs(difference));
        }
      }
      assertThat(largest).isLessThan(1e-4f);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "200, 0", "201, 1", "479, 2", "480, 3", "16000, 100"})
  void keepsTheLengthOfTheUtterance(int samples, int frames) {
    LogMel mel = new LogMelSpectrum(BANDS).ofNormalised(new float[samples]);

    assertThat(mel.frames()).isEqualTo(frames);
    assertThat(mel.values()).hasSize(frames * BANDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 128})
  void aToneIsHighestInTheBandAroundItsFrequency(int bands) {
    float[] samples = tone(1000, 16_000, 0.05f).samples();

    LogMel mel = new LogMelSpectrum(bands).ofNormalised(samples);

    int loudest = 0;
    int row = 50 * bands;
    for (int band = 0; band < bands; band++) {
      loudest = mel.values()[row + band] > mel.values()[row + loudest] ? band : loudest;
    }
    double topHz = SlaneyMel.toHz(SlaneyMel.ofHz(8000) * (loudest + 1) / (bands + 1));
    assertThat(topHz).isBetween(960.0, 1040.0);
  }

  @Test
  void telephoneSpeechIsTheSameUpToItsBandLimit() {
    LogMelSpectrum spectrum = new LogMelSpectrum(BANDS);

    LogMel wide = spectrum.of(harmonics(16_000));
    LogMel narrow = spectrum.of(harmonics(8000));

    assertThat(narrow.frames()).isEqualTo(wide.frames());
    int upTo3000Hz = 55;
    for (int frame = 2; frame < wide.frames() - 2; frame++) {
      for (int band = 0; band < upTo3000Hz; band++) {
        int i = frame * BANDS + band;
        assertThat(narrow.values()[i]).isCloseTo(wide.values()[i], offset(wide.values()[i]));
      }
    }
  }

  /** What rounding to 16 bit adds is below the spectrum's range, but for its quietest part. */
  private static Offset<Float> offset(float value) {
    return Offset.offset(value > -0.3f ? 0.01f : 0.4f);
  }

  @Test
  void theLevelDoesNotMatter() {
    LogMelSpectrum spectrum = new LogMelSpectrum(BANDS);

    LogMel loud = spectrum.of(tone(700, 16_000, 0.5f));
    LogMel quiet = spectrum.of(tone(700, 16_000, 0.005f));

    assertThat(quiet.values()).containsExactly(loud.values(), Offset.offset(1e-3f));
  }

  @Test
  void silenceIsFinite() {
    LogMel mel = new LogMelSpectrum(BANDS).of(new Pcm(new float[8000], 8000));

    assertThat(mel.values()).containsOnly(-1.5f);
  }

  private static Pcm tone(double frequencyHz, int sampleRateHz, float amplitude) {
    float[] samples = new float[sampleRateHz];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = amplitude * (float) Math.sin(2 * Math.PI * frequencyHz * i / sampleRateHz);
    }
    return new Pcm(samples, sampleRateHz);
  }

  /** A voice without anything above 3 kHz. */
  private static Pcm harmonics(int sampleRateHz) {
    float[] samples = new float[sampleRateHz];
    for (int harmonic = 1; harmonic <= 20; harmonic++) {
      float[] tone = tone(150 * harmonic, sampleRateHz, 0.1f / harmonic).samples();
      for (int i = 0; i < samples.length; i++) {
        samples[i] += tone[i];
      }
    }
    return new Pcm(samples, sampleRateHz);
  }
}

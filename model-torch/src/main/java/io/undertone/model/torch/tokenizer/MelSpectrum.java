package io.undertone.model.torch.tokenizer;

import java.util.Arrays;
import org.jtransforms.fft.FloatFFT_1D;

/**
 * Logarithm of the energy in triangular bands that are equally wide on the mel scale of
 * O'Shaughnessy (2595 log10(1 + f/700)), from 60 to 3900 Hz; Hann window of 25 ms. Not safe for use
 * by many threads.
 */
public final class MelSpectrum {
  private static final int WINDOW_SAMPLES = 200;
  private static final int FFT_SIZE = 256;
  private static final double LOWEST_HZ = 60;
  private static final double HIGHEST_HZ = 3900;
  private static final double BAND_WIDTH_MEL =
      (mel(HIGHEST_HZ) - mel(LOWEST_HZ)) / (FrameFeatures.MEL_BANDS + 1);

  /**
   * Added to each band's energy: about 30 dB below the mean of speech at its normalised level. What
   * lies deeper is the silence of a studio, which no telephone line has.
   */
  private static final float FLOOR = 5e-4f;

  private static final float[] WINDOW = hann(WINDOW_SAMPLES);
  private static final float[][] BANDS = bands();

  private final FloatFFT_1D fft = new FloatFFT_1D(FFT_SIZE);
  private final float[] buffer = new float[FFT_SIZE];
  private final float[] power = new float[FFT_SIZE / 2 + 1];

  /** Writes the log energies around a sample to {@code out} from {@code offset} on. */
  void logEnergies(float[] samples, int centre, float[] out, int offset) {
    Arrays.fill(buffer, 0);
    int begin = centre - WINDOW_SAMPLES / 2;
    for (int i = 0; i < WINDOW_SAMPLES; i++) {
      int at = begin + i;
      buffer[i] = at >= 0 && at < samples.length ? samples[at] * WINDOW[i] : 0;
    }
    fft.realForward(buffer);
    powerOf(buffer, power);
    for (int band = 0; band < BANDS.length; band++) {
      float[] weights = BANDS[band];
      float energy = FLOOR;
      for (int bin = 0; bin < weights.length; bin++) {
        energy += weights[bin] * power[bin];
      }
      out[offset + band] = (float) Math.log(energy);
    }
  }

  /** Squares of the magnitudes in JTransforms' packed order, which hides the last bin in [1]. */
  static void powerOf(float[] packed, float[] power) {
    int last = packed.length / 2;
    power[0] = packed[0] * packed[0];
    power[last] = packed[1] * packed[1];
    for (int bin = 1; bin < last; bin++) {
      float re = packed[2 * bin];
      float im = packed[2 * bin + 1];
      power[bin] = re * re + im * im;
    }
  }

  static float[] hann(int size) {
    float[] window = new float[size];
    for (int i = 0; i < size; i++) {
      window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / (size - 1)));
    }
    return window;
  }

  private static float[][] bands() {
    int count = FrameFeatures.MEL_BANDS;
    double[] edgesHz = new double[count + 2];
    for (int i = 0; i < edgesHz.length; i++) {
      edgesHz[i] = centreHz(i - 1);
    }
    int bins = FFT_SIZE / 2 + 1;
    float[][] bands = new float[count][bins];
    for (int band = 0; band < count; band++) {
      for (int bin = 0; bin < bins; bin++) {
        double frequencyHz = (double) bin * FrameFeatures.SAMPLE_RATE_HZ / FFT_SIZE;
        double rising = (frequencyHz - edgesHz[band]) / (edgesHz[band + 1] - edgesHz[band]);
        double falling =
            (edgesHz[band + 2] - frequencyHz) / (edgesHz[band + 2] - edgesHz[band + 1]);
        bands[band][bin] = (float) Math.max(0, Math.min(rising, falling));
      }
    }
    return bands;
  }

  /** The frequency at which a band peaks; bands are equally wide in mel. */
  public static double centreHz(double band) {
    double mel = mel(LOWEST_HZ) + (band + 1) * BAND_WIDTH_MEL;
    return 700 * (Math.pow(10, mel / 2595) - 1);
  }

  /** The place among the bands of a frequency: what {@link #centreHz} takes. */
  public static double band(double frequencyHz) {
    return (mel(frequencyHz) - mel(LOWEST_HZ)) / BAND_WIDTH_MEL - 1;
  }

  private static double mel(double frequencyHz) {
    return 2595 * Math.log10(1 + frequencyHz / 700);
  }
}

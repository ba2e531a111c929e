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
  private static final Band[] BANDS = bands();

  /**
   * A triangle: only the bins under it, since most of a band's weights are 0.
   *
   * @param weights of the bins from {@code firstBin} on
   */
  private record Band(int firstBin, float[] weights) {

    float energy(float[] power) {
      float energy = FLOOR;
      for (int i = 0; i < weights.length; i++) {
        energy += weights[i] * power[firstBin + i];
      }
      return energy;
    }
  }

  private final FloatFFT_1D fft = new FloatFFT_1D(FFT_SIZE);
  private final float[] buffer = new float[FFT_SIZE];
  private final float[] power = new float[FFT_SIZE / 2 + 1];

  /** Writes the log energies around a sample to {@code out} from {@code offset} on. */
  void logEnergies(float[] samples, int centre, float[] out, int offset) {
    cut(samples, centre - WINDOW_SAMPLES / 2, WINDOW_SAMPLES, buffer);
    for (int i = 0; i < WINDOW_SAMPLES; i++) {
      buffer[i] *= WINDOW[i];
    }
    fft.realForward(buffer);
    powerOf(buffer, power);
    for (int band = 0; band < BANDS.length; band++) {
      out[offset + band] = (float) Math.log(BANDS[band].energy(power));
    }
  }

  /** Copies a stretch of samples to the front of a buffer; what is not there is 0. */
  static void cut(float[] samples, int begin, int count, float[] buffer) {
    Arrays.fill(buffer, 0);
    int from = Math.max(0, begin);
    int to = Math.min(samples.length, begin + count);
    if (from < to) {
      System.arraycopy(samples, from, buffer, from - begin, to - from);
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

  private static Band[] bands() {
    int bins = FFT_SIZE / 2 + 1;
    Band[] bands = new Band[FrameFeatures.MEL_BANDS];
    for (int band = 0; band < bands.length; band++) {
      float[] weights = new float[bins];
      int first = bins;
      int end = 0;
      for (int bin = 0; bin < bins; bin++) {
        weights[bin] = weight(band, (double) bin * FrameFeatures.SAMPLE_RATE_HZ / FFT_SIZE);
        if (weights[bin] > 0) {
          first = Math.min(first, bin);
          end = bin + 1;
        }
      }
      bands[band] = new Band(first, Arrays.copyOfRange(weights, first, Math.max(first, end)));
    }
    return bands;
  }

  private static float weight(int band, double frequencyHz) {
    double begin = centreHz(band - 1);
    double top = centreHz(band);
    double end = centreHz(band + 1);
    double rising = (frequencyHz - begin) / (top - begin);
    double falling = (end - frequencyHz) / (end - top);
    return (float) Math.max(0, Math.min(rising, falling));
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

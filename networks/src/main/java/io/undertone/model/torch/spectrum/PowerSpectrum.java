package io.undertone.model.torch.spectrum;

import java.util.Arrays;
import org.jtransforms.fft.FloatFFT_1D;

/** Power of each frequency of a windowed frame. Not safe for use by several threads. */
public final class PowerSpectrum {
  private final float[] window;
  private final FloatFFT_1D fft;
  private final float[] buffer;
  private final float[] power;

  /**
   * @param fftSize even, at least the window's size
   */
  public PowerSpectrum(float[] window, int fftSize) {
    this.window = window.clone();
    this.fft = new FloatFFT_1D(fftSize);
    this.buffer = new float[fftSize];
    this.power = new float[fftSize / 2 + 1];
  }

  /**
   * The spectrum of the frame that starts at a sample; samples before the first and after the last
   * are 0.
   *
   * @return fftSize / 2 + 1 bins, overwritten by the next call
   */
  public float[] of(float[] samples, int begin) {
    cut(samples, begin, window.length, buffer);
    for (int i = 0; i < window.length; i++) {
      buffer[i] *= window[i];
    }
    fft.realForward(buffer);
    powerOf(buffer, power);
    return power;
  }

  /** Copies count samples to the front of a buffer; everything else in it becomes 0. */
  public static void cut(float[] samples, int begin, int count, float[] buffer) {
    Arrays.fill(buffer, 0);
    int from = Math.max(0, begin);
    int to = Math.min(samples.length, begin + count);
    if (from < to) {
      System.arraycopy(samples, from, buffer, from - begin, to - from);
    }
  }

  /** Squared magnitudes of JTransforms' packed order, which stores the last bin in [1]. */
  public static void powerOf(float[] packed, float[] power) {
    int last = packed.length / 2;
    power[0] = packed[0] * packed[0];
    power[last] = packed[1] * packed[1];
    for (int bin = 1; bin < last; bin++) {
      float re = packed[2 * bin];
      float im = packed[2 * bin + 1];
      power[bin] = re * re + im * im;
    }
  }
}

package io.undertone.model.torch.features;

import io.undertone.model.torch.spectrum.HannWindow;
import io.undertone.model.torch.spectrum.PowerSpectrum;
import org.jtransforms.fft.FloatFFT_1D;

/**
 * Fundamental frequency from the highest peak of the autocorrelation between 65 and 500 Hz, which
 * is divided by that of the window (Boersma 1993, "Accurate short-term analysis of the fundamental
 * frequency"); Hann window of 40 ms. Not safe for use by several threads.
 */
final class PitchTracker {
  private static final int WINDOW_SAMPLES = 320;

  /** At least window + longest lag, so that the correlation does not wrap around. */
  private static final int FFT_SIZE = 512;

  private static final int SHORTEST_LAG = FrameFeatures.SAMPLE_RATE_HZ / 500;
  private static final int LONGEST_LAG = FrameFeatures.SAMPLE_RATE_HZ / 65;

  /** Penalty for doubling a lag. Without it, multiples of a period score as high as the period. */
  private static final double COST_OF_AN_OCTAVE = 0.02;

  private static final float[] OCTAVE_COST = octaveCosts();
  private static final float[] WINDOW = HannWindow.symmetric(WINDOW_SAMPLES);

  private final FloatFFT_1D fft = new FloatFFT_1D(FFT_SIZE);
  private final float[] buffer = new float[FFT_SIZE];
  private final float[] power = new float[FFT_SIZE / 2 + 1];

  /** Autocorrelation of the window, relative to lag 0. */
  private final float[] ofWindow = new float[LONGEST_LAG];

  private final float[] heights = new float[LONGEST_LAG];

  PitchTracker() {
    System.arraycopy(WINDOW, 0, buffer, 0, WINDOW_SAMPLES);
    autocorrelate();
    for (int lag = 0; lag < LONGEST_LAG; lag++) {
      ofWindow[lag] = buffer[lag] / buffer[0];
    }
  }

  /**
   * @param voicing the normalised autocorrelation at the lag, in [0, 1]
   */
  record Pitch(float frequencyHz, float voicing) {}

  Pitch at(float[] samples, int centre) {
    PowerSpectrum.cut(samples, centre - WINDOW_SAMPLES / 2, WINDOW_SAMPLES, buffer);
    float mean = 0;
    for (int i = 0; i < WINDOW_SAMPLES; i++) {
      mean += buffer[i];
    }
    mean /= WINDOW_SAMPLES;
    for (int i = 0; i < WINDOW_SAMPLES; i++) {
      buffer[i] = (buffer[i] - mean) * WINDOW[i];
    }
    autocorrelate();
    float energy = buffer[0] + 1e-9f;
    for (int lag = 0; lag < LONGEST_LAG; lag++) {
      heights[lag] = buffer[lag] / energy / ofWindow[lag];
    }
    int best = SHORTEST_LAG;
    float highest = Float.NEGATIVE_INFINITY;
    for (int lag = SHORTEST_LAG; lag < LONGEST_LAG; lag++) {
      float strength = heights[lag] - OCTAVE_COST[lag];
      if (strength > highest) {
        highest = strength;
        best = lag;
      }
    }
    float voicing = Math.max(0, Math.min(1, heights[best]));
    return new Pitch(FrameFeatures.SAMPLE_RATE_HZ / between(best), voicing);
  }

  /** The position of the maximum of the parabola through the highest lag and its neighbours. */
  private float between(int lag) {
    if (lag + 1 >= LONGEST_LAG) {
      return lag;
    }
    float before = heights[lag - 1];
    float after = heights[lag + 1];
    float curvature = before - 2 * heights[lag] + after;
    if (curvature >= 0) {
      return lag;
    }
    return lag + Math.max(-0.5f, Math.min(0.5f, (before - after) / (2 * curvature)));
  }

  /** Wiener and Khinchin: the autocorrelation is the inverse transform of the power. */
  private void autocorrelate() {
    fft.realForward(buffer);
    PowerSpectrum.powerOf(buffer, power);
    int last = FFT_SIZE / 2;
    buffer[0] = power[0];
    buffer[1] = power[last];
    for (int bin = 1; bin < last; bin++) {
      buffer[2 * bin] = power[bin];
      buffer[2 * bin + 1] = 0;
    }
    fft.realInverse(buffer, true);
  }

  private static float[] octaveCosts() {
    float[] costs = new float[LONGEST_LAG];
    for (int lag = SHORTEST_LAG; lag < LONGEST_LAG; lag++) {
      double octaves = Math.log((double) lag / SHORTEST_LAG) / Math.log(2);
      costs[lag] = (float) (COST_OF_AN_OCTAVE * octaves);
    }
    return costs;
  }
}

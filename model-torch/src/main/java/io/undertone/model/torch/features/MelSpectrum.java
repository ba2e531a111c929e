package io.undertone.model.torch.features;

import io.undertone.model.torch.spectrum.HannWindow;
import io.undertone.model.torch.spectrum.PowerSpectrum;
import io.undertone.model.torch.spectrum.TriangularBands;
import java.util.Arrays;

/**
 * Logarithm of the energy in triangular bands that are equally wide on the mel scale of
 * O'Shaughnessy (2595 log10(1 + f/700)), from 60 to 3900 Hz; Hann window of 25 ms. Not safe for use
 * by several threads.
 */
public final class MelSpectrum {
  private static final int WINDOW_SAMPLES = 200;
  private static final int FFT_SIZE = 256;
  private static final double LOWEST_HZ = 60;
  private static final double HIGHEST_HZ = 3900;
  private static final double BAND_WIDTH_MEL =
      (mel(HIGHEST_HZ) - mel(LOWEST_HZ)) / (FrameFeatures.MEL_BANDS + 1);

  /**
   * Added to each band's energy: about 30 dB below the mean of speech at its normalised level. Only
   * the silence of a studio is quieter; telephone lines have more noise.
   */
  private static final float FLOOR = 5e-4f;

  private static final float[] WINDOW = HannWindow.symmetric(WINDOW_SAMPLES);
  private static final TriangularBands BANDS = bands();

  private final PowerSpectrum spectrum = new PowerSpectrum(WINDOW, FFT_SIZE);

  /** Writes the log energies around a sample to {@code out} from {@code offset} on. */
  void logEnergies(float[] samples, int centre, float[] out, int offset) {
    float[] power = spectrum.of(samples, centre - WINDOW_SAMPLES / 2);
    for (int band = 0; band < BANDS.count(); band++) {
      out[offset + band] = (float) Math.log(BANDS.energy(band, power, FLOOR));
    }
  }

  private static TriangularBands bands() {
    double[] edgesHz = new double[FrameFeatures.MEL_BANDS + 2];
    Arrays.setAll(edgesHz, edge -> centreHz(edge - 1));
    double binHz = (double) FrameFeatures.SAMPLE_RATE_HZ / FFT_SIZE;
    return TriangularBands.ofUnitHeight(edgesHz, FFT_SIZE / 2 + 1, binHz);
  }

  /** The frequency at which a band has its peak. */
  public static double centreHz(double band) {
    double mel = mel(LOWEST_HZ) + (band + 1) * BAND_WIDTH_MEL;
    return 700 * (Math.pow(10, mel / 2595) - 1);
  }

  /** The band, as a fraction, whose peak is at a frequency; the inverse of {@link #centreHz}. */
  public static double band(double frequencyHz) {
    return (mel(frequencyHz) - mel(LOWEST_HZ)) / BAND_WIDTH_MEL - 1;
  }

  private static double mel(double frequencyHz) {
    return 2595 * Math.log10(1 + frequencyHz / 700);
  }
}

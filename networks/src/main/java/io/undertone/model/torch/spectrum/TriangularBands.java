package io.undertone.model.torch.spectrum;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** Energy in overlapping triangular bands of a power spectrum. */
public final class TriangularBands {

  /**
   * Only the bins under the triangle, since most of a band's weights are 0.
   *
   * @param weights of the bins from {@code firstBin} on
   */
  private record Band(int firstBin, float[] weights) {}

  private final Band[] bands;

  private TriangularBands(Band[] bands) {
    this.bands = bands;
  }

  /**
   * Bands whose highest weight is 1. Band b begins at edge b, peaks at edge b + 1 and ends at edge
   * b + 2.
   *
   * @param edgesHz ascending, two more than bands
   * @param bins of the spectrum
   * @param binHz distance of two bins
   */
  public static TriangularBands ofUnitHeight(double[] edgesHz, int bins, double binHz) {
    return of(edgesHz, bins, binHz, band -> 1);
  }

  /** As {@link #ofUnitHeight}, but the area of each band over the frequency in Hz is 1. */
  public static TriangularBands ofUnitArea(double[] edgesHz, int bins, double binHz) {
    return of(edgesHz, bins, binHz, band -> 2 / (edgesHz[band + 2] - edgesHz[band]));
  }

  private static TriangularBands of(
      double[] edgesHz, int bins, double binHz, IntToDoubleFunction height) {
    Band[] bands = new Band[edgesHz.length - 2];
    for (int band = 0; band < bands.length; band++) {
      float[] weights = new float[bins];
      int first = bins;
      int end = 0;
      for (int bin = 0; bin < bins; bin++) {
        weights[bin] = (float) (height.applyAsDouble(band) * triangle(edgesHz, band, bin * binHz));
        if (weights[bin] > 0) {
          first = Math.min(first, bin);
          end = bin + 1;
        }
      }
      bands[band] = new Band(first, Arrays.copyOfRange(weights, first, Math.max(first, end)));
    }
    return new TriangularBands(bands);
  }

  private static double triangle(double[] edgesHz, int band, double frequencyHz) {
    double begin = edgesHz[band];
    double top = edgesHz[band + 1];
    double end = edgesHz[band + 2];
    double rising = (frequencyHz - begin) / (top - begin);
    double falling = (end - frequencyHz) / (end - top);
    return Math.max(0, Math.min(rising, falling));
  }

  /** How many bands there are. */
  public int count() {
    return bands.length;
  }

  /** The energy in a band, added to a floor. */
  public float energy(int band, float[] power, float floor) {
    int firstBin = bands[band].firstBin();
    float[] weights = bands[band].weights();
    float energy = floor;
    for (int i = 0; i < weights.length; i++) {
      energy += weights[i] * power[firstBin + i];
    }
    return energy;
  }
}

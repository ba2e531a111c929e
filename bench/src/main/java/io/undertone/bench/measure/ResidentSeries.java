package io.undertone.bench.measure;

import java.util.List;

/**
 * Resident memory, sampled at equal intervals. Growth is measured from the second sixth of the
 * samples to the last; the first sixth is warm-up.
 *
 * @param bytes at least one sample for each sixth
 */
public record ResidentSeries(List<Long> bytes) {
  /** Number of parts of a series. */
  public static final int SIXTHS = 6;

  public ResidentSeries {
    if (bytes.size() < SIXTHS) {
      throw new IllegalArgumentException(
          "samples must be at least " + SIXTHS + ", but are " + bytes.size());
    }
    bytes = List.copyOf(bytes);
  }

  /** Median of the last sixth, relative to that of the second, minus 1. */
  public double growth() {
    return growthBeside(0);
  }

  /**
   * Growth without a part that was resident all the time.
   *
   * @param constantBytes size of that part
   */
  public double growthBeside(long constantBytes) {
    return (median(SIXTHS - 1) - constantBytes) / (median(1) - constantBytes) - 1;
  }

  private double median(int sixth) {
    int from = sixth * bytes.size() / SIXTHS;
    int to = (sixth + 1) * bytes.size() / SIXTHS;
    return Quantiles.of(bytes.subList(from, to).stream().map(Long::doubleValue).toList()).p50();
  }
}

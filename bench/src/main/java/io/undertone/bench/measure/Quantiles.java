package io.undertone.bench.measure;

import java.util.Collection;

/** Median and tail of a set of measurements, in their unit. */
public record Quantiles(double p50, double p95, double p99) {

  /**
   * The quantiles of at least one value (nearest rank).
   *
   * @throws IllegalArgumentException if there are no values
   */
  public static Quantiles of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("values must be at least 1, but are 0");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Quantiles(at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99));
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}

package io.undertone.training.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap intervals (Efron, "Bootstrap methods: another look at the jackknife", 1979):
 * the statistic of many resamples, each as large as the data and drawn with replacement. Every
 * statistic sees the same resamples.
 *
 * @param seed decides the resamples
 * @param samples number of resamples
 */
public record Bootstrap(long seed, int samples) {

  private static final double TAIL = 0.025;

  public Bootstrap {
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1, but are " + samples);
    }
  }

  /**
   * The 95 % interval of a statistic.
   *
   * @param items the units of resampling, at least one; dependent observations belong in one item
   * @param statistic of a resample; NaN is ignored
   */
  public <T> Interval interval(List<T> items, ToDoubleFunction<List<T>> statistic) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[samples];
    for (int sample = 0; sample < samples; sample++) {
      List<T> drawn = new ArrayList<>(items.size());
      for (int i = 0; i < items.size(); i++) {
        drawn.add(items.get(random.nextInt(items.size())));
      }
      values[sample] = statistic.applyAsDouble(drawn);
    }
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    return new Interval(quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
  }

  /** Interpolates linearly between order statistics. */
  private static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}

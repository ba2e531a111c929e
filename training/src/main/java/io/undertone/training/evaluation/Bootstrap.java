package io.undertone.training.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Percentile intervals of the bootstrap (Efron, "Bootstrap methods: another look at the jackknife",
 * 1979): the figure is computed again on many samples, each as large as the data, which draw whole
 * items with replacement. Every figure sees the same samples.
 *
 * @param seed decides the samples
 * @param samples how many
 */
public record Bootstrap(long seed, int samples) {

  private static final double TAIL = 0.025;

  public Bootstrap {
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1, but are " + samples);
    }
  }

  /**
   * Where the figure lies.
   *
   * @param items what is drawn, at least one: what depends on each other belongs into one item
   * @param figure of a sample; samples where it is not a number do not count
   */
  public <T> Interval interval(List<T> items, ToDoubleFunction<List<T>> figure) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] figures = new double[samples];
    for (int sample = 0; sample < samples; sample++) {
      List<T> drawn = new ArrayList<>(items.size());
      for (int i = 0; i < items.size(); i++) {
        drawn.add(items.get(random.nextInt(items.size())));
      }
      figures[sample] = figure.applyAsDouble(drawn);
    }
    double[] sorted = Arrays.stream(figures).filter(Double::isFinite).sorted().toArray();
    return new Interval(quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
  }

  /** Between two order statistics by their distance. */
  private static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}

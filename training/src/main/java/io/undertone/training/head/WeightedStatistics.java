package io.undertone.training.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.training.TrainingException;
import io.undertone.training.corpus.Clip;
import io.undertone.training.features.ClipVersion;
import io.undertone.training.features.FeatureStore;
import io.undertone.training.sampling.ClipShares;
import io.undertone.training.sampling.LabelTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The statistics of training clips in all their versions, each with its share and its target.
 *
 * @param statistics as measured
 * @param shares add up to 1 unless a clip has no statistics
 * @param targets probabilities of the labels
 */
record WeightedStatistics(List<float[]> statistics, List<Double> shares, List<float[]> targets) {

  private static final double LEAST_DEVIATION = 1e-5;

  /**
   * Reads the statistics; clips without any are skipped.
   *
   * @throws TrainingException if none is left
   */
  static WeightedStatistics of(List<Clip> clips, FeatureStore features, LabelTargets labels) {
    WeightedStatistics rows =
        new WeightedStatistics(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Map.Entry<Clip, Double> clip : ClipShares.of(clips).entrySet()) {
      for (ClipVersion version : FeatureStore.versions(clip.getKey())) {
        float[] statistics = features.statistics(clip.getKey(), version);
        if (statistics.length > 0) {
          rows.statistics.add(statistics);
          rows.shares.add(clip.getValue() * ClipShares.ofVersion(version));
          rows.targets.add(labels.of(clip.getKey()));
        }
      }
    }
    if (rows.statistics.isEmpty()) {
      throw new TrainingException("no training clip has statistics");
    }
    return rows;
  }

  /** Weighted mean and inverse of the weighted deviation of each value. */
  Scaling scaling() {
    int width = statistics.get(0).length;
    double[] sums = new double[width];
    double[] squares = new double[width];
    double all = 0;
    for (int row = 0; row < statistics.size(); row++) {
      double share = shares.get(row);
      all += share;
      for (int value = 0; value < width; value++) {
        double measured = statistics.get(row)[value];
        sums[value] += share * measured;
        squares[value] += share * measured * measured;
      }
    }
    float[] mean = new float[width];
    float[] scale = new float[width];
    for (int value = 0; value < width; value++) {
      double average = sums[value] / all;
      double variance = Math.max(0, squares[value] / all - average * average);
      mean[value] = (float) average;
      scale[value] = (float) (1 / (Math.sqrt(variance) + LEAST_DEVIATION));
    }
    return new Scaling(mean, scale);
  }

  /**
   * Makes values comparable: {@code (x - mean) · scale}.
   *
   * @param mean (width)
   * @param scale (width)
   */
  record Scaling(float[] mean, float[] scale) {}

  /** The scaled statistics, (rows, width). */
  NDArray scaled(Scaling scaling, NDManager manager) {
    int width = scaling.mean().length;
    float[] values = new float[Math.multiplyExact(statistics.size(), width)];
    for (int row = 0; row < statistics.size(); row++) {
      float[] measured = statistics.get(row);
      for (int value = 0; value < width; value++) {
        values[row * width + value] =
            (measured[value] - scaling.mean()[value]) * scaling.scale()[value];
      }
    }
    return manager.create(values, new Shape(statistics.size(), width)).duplicate();
  }

  /** The targets times the shares, (rows, labels). */
  NDArray weightedTargets(NDManager manager) {
    int labels = targets.get(0).length;
    float[] values = new float[targets.size() * labels];
    for (int row = 0; row < targets.size(); row++) {
      for (int label = 0; label < labels; label++) {
        values[row * labels + label] = (float) (shares.get(row) * targets.get(row)[label]);
      }
    }
    return manager.create(values, new Shape(targets.size(), labels)).duplicate();
  }

  /** Square roots of the shares, (rows, 1). */
  NDArray rootShares(NDManager manager) {
    float[] roots = new float[shares.size()];
    for (int row = 0; row < roots.length; row++) {
      roots[row] = (float) Math.sqrt(shares.get(row));
    }
    return manager.create(roots, new Shape(roots.length, 1)).duplicate();
  }
}

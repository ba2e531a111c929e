package io.undertone.operators.emit;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.operators.state.TrajectoryPoint;
import java.util.List;
import java.util.Optional;

/** Mean probabilities over a period of a call, weighted by the duration of utterances in it. */
final class EmotionMean {

  private EmotionMean() {}

  /**
   * The mean between two offsets since the start of the call; empty without utterances.
   *
   * @param endMs exclusive
   */
  static Optional<EmotionEstimate> between(
      List<TrajectoryPoint> trajectory, long beginMs, long endMs) {
    double[] sums = new double[Emotion.values().length];
    double weights = 0;
    for (TrajectoryPoint point : trajectory) {
      long overlapMs =
          Math.min(endMs, point.getEndOffsetMs()) - Math.max(beginMs, point.getBeginOffsetMs());
      if (overlapMs > 0) {
        weights += overlapMs;
        for (int i = 0; i < sums.length; i++) {
          sums[i] += overlapMs * (double) point.getProbabilities().get(i);
        }
      }
    }
    return weights == 0 ? Optional.empty() : Optional.of(new EmotionEstimate(means(sums, weights)));
  }

  private static float[] means(double[] sums, double weights) {
    float[] means = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      means[i] = (float) (sums[i] / weights);
    }
    return means;
  }
}

package io.undertone.training.leaveout;

import io.undertone.model.EmotionEstimate;
import java.util.List;

/**
 * The estimates of {@value #LEAST_PROBABILITY} or more.
 *
 * @param covered share of the utterances that have one
 * @param right share of these that are right; NaN without any
 */
public record Confident(double covered, double right) {

  /** Least probability of a confident estimate. */
  public static final double LEAST_PROBABILITY = 0.8;

  static Confident of(List<ClipEstimate> clips, Temperature temperature) {
    int covered = 0;
    int right = 0;
    for (ClipEstimate clip : clips) {
      EmotionEstimate estimate = temperature.of(clip.recorded());
      if (estimate.probability(estimate.emotion()) >= LEAST_PROBABILITY) {
        covered++;
        right += estimate.emotion() == clip.label() ? 1 : 0;
      }
    }
    return new Confident((double) covered / clips.size(), (double) right / covered);
  }

  /** All corpora with the same weight. */
  static Confident pooled(List<Confident> corpora) {
    double covered = corpora.stream().mapToDouble(Confident::covered).sum();
    double right =
        corpora.stream()
            .filter(one -> one.covered > 0)
            .mapToDouble(one -> one.covered * one.right)
            .sum();
    return new Confident(covered / corpora.size(), right / covered);
  }
}

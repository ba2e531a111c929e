package io.undertone.training.leaveout;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import java.util.List;

/**
 * What is estimated for everyday speech of recordings that no model learns from.
 *
 * @param utterances how many
 * @param neutral share of those that are neutral
 * @param angry share of those that are angry with {@value #LEAST_ANGRY} or more
 */
public record EverydayShares(int utterances, double neutral, double angry) {

  /** Least probability of an alarm. */
  public static final double LEAST_ANGRY = 0.6;

  static EverydayShares of(List<EmotionEstimate> estimates, Temperature temperature) {
    long neutral =
        estimates.stream().filter(estimate -> estimate.emotion() == Emotion.NEUTRAL).count();
    long angry =
        estimates.stream()
            .map(temperature::of)
            .filter(estimate -> estimate.probability(Emotion.ANGRY) >= LEAST_ANGRY)
            .count();
    double all = estimates.size();
    return new EverydayShares(estimates.size(), neutral / all, angry / all);
  }
}

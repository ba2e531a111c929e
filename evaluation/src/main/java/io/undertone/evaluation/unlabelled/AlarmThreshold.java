package io.undertone.evaluation.unlabelled;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;

/**
 * Decides which utterances raise an alarm.
 *
 * @param leastAngry probability of anger at and above which they do, above 0 and at most 1
 */
public record AlarmThreshold(double leastAngry) {

  public AlarmThreshold {
    if (!(leastAngry > 0 && leastAngry <= 1)) {
      throw new IllegalArgumentException(
          "alarm threshold must be above 0 and at most 1, but is " + leastAngry);
    }
  }

  boolean isReachedBy(EmotionEstimate estimate) {
    return estimate.probability(Emotion.ANGRY) >= leastAngry;
  }
}

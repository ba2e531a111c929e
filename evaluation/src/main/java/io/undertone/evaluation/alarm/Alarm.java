package io.undertone.evaluation.alarm;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;

/** What an alarm is raised for: an utterance whose score reaches a threshold. */
public enum Alarm {
  /** Any emotion: the score is the probability of an emotion other than neutral. */
  EMOTION {
    @Override
    double score(EmotionEstimate estimate) {
      return 1.0 - estimate.probability(Emotion.NEUTRAL);
    }

    @Override
    boolean isMeant(Emotion label) {
      return label != Emotion.NEUTRAL;
    }
  },

  /** Anger: the score is its probability. */
  ANGER {
    @Override
    double score(EmotionEstimate estimate) {
      return estimate.probability(Emotion.ANGRY);
    }

    @Override
    boolean isMeant(Emotion label) {
      return label == Emotion.ANGRY;
    }
  };

  abstract double score(EmotionEstimate estimate);

  /** Whether an alarm at an utterance with this label is right. */
  abstract boolean isMeant(Emotion label);
}

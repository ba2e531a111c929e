package io.undertone.operators.emit;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.schemas.Sentiment;

/** Maps emotions to sentiments. */
final class Sentiments {
  private static final float HIGHEST_SCORE = 5;

  private Sentiments() {}

  static Sentiment of(Emotion emotion) {
    return switch (emotion) {
      case HAPPY -> Sentiment.POSITIVE;
      case NEUTRAL -> Sentiment.NEUTRAL;
      case SAD, ANGRY -> Sentiment.NEGATIVE;
    };
  }

  /** From -5 to 5: 5 * (happy - sad - angry). */
  static float score(EmotionEstimate estimate) {
    float positive = estimate.probability(Emotion.HAPPY);
    float negative = estimate.probability(Emotion.SAD) + estimate.probability(Emotion.ANGRY);
    return HIGHEST_SCORE * (positive - negative);
  }
}

package io.undertone.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The emotion of one utterance: a probability for each {@link Emotion}. */
public final class EmotionEstimate {
  private static final float SUM_TOLERANCE = 1e-3f;

  private final float[] probabilities;

  /**
   * @param probabilities one for each emotion in the order of {@link Emotion#values()}; they must
   *     be finite and add up to 1
   */
  public EmotionEstimate(float[] probabilities) {
    if (probabilities.length != Emotion.values().length) {
      throw new IllegalArgumentException(
          "probabilities must be " + Emotion.values().length + ", but are " + probabilities.length);
    }
    float sum = 0;
    for (float probability : probabilities) {
      sum += probability;
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new IllegalArgumentException(
          "probabilities must add up to 1, but are " + Arrays.toString(probabilities));
    }
    this.probabilities = probabilities.clone();
  }

  /** Of the logarithms of probabilities, in the order of {@link Emotion#values()}. */
  public static EmotionEstimate ofLogProbabilities(float[] logProbabilities) {
    float[] probabilities = new float[logProbabilities.length];
    for (int emotion = 0; emotion < probabilities.length; emotion++) {
      probabilities[emotion] = (float) Math.exp(logProbabilities[emotion]);
    }
    return new EmotionEstimate(probabilities);
  }

  public float probability(Emotion emotion) {
    return probabilities[emotion.ordinal()];
  }

  /** The most probable emotion, and the first of equally probable ones. */
  public Emotion emotion() {
    Emotion best = Emotion.values()[0];
    for (Emotion emotion : Emotion.values()) {
      if (probability(emotion) > probability(best)) {
        best = emotion;
      }
    }
    return best;
  }

  /** The largest probability. */
  public float confidence() {
    return probability(emotion());
  }

  /** Probabilities by {@link Emotion#longName}, in the order of {@link Emotion#values()}. */
  public Map<String, Float> byLongName() {
    Map<String, Float> byName = new LinkedHashMap<>();
    for (Emotion emotion : Emotion.values()) {
      byName.put(emotion.longName(), probability(emotion));
    }
    return byName;
  }

  /** A copy, in the order of {@link Emotion#values()}. */
  public float[] toArray() {
    return probabilities.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EmotionEstimate that
        && Arrays.equals(probabilities, that.probabilities);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(probabilities);
  }

  @Override
  public String toString() {
    return emotion() + " " + Arrays.toString(probabilities);
  }
}

package io.undertone.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How probable each {@link Emotion} is before anything is known of an utterance. The values are
 * above 0 and add up to 1.
 */
public record EmotionPrior(double happy, double sad, double angry, double neutral)
    implements Serializable {

  /** All emotions are equally probable. */
  public static final EmotionPrior UNIFORM = new EmotionPrior(0.25, 0.25, 0.25, 0.25);

  /** Routine calls: mostly neutral. */
  public static final EmotionPrior CALLS = new EmotionPrior(0.1, 0.05, 0.1, 0.75);

  private static final long serialVersionUID = 1L;
  private static final double SUM_TOLERANCE = 1e-3;

  /** Sums that differ less from 1 are rounding: the values stay as they were written. */
  private static final double ROUNDING = 1e-9;

  /**
   * Scales the values to the sum 1.
   *
   * @throws IllegalArgumentException if a value is not above 0, or the sum is not 1 within 0.001
   */
  public EmotionPrior {
    requirePositive(Emotion.HAPPY, happy);
    requirePositive(Emotion.SAD, sad);
    requirePositive(Emotion.ANGRY, angry);
    requirePositive(Emotion.NEUTRAL, neutral);
    double sum = happy + sad + angry + neutral;
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new IllegalArgumentException("prior must add up to 1, but adds up to " + sum);
    }
    if (Math.abs(sum - 1) > ROUNDING) {
      happy /= sum;
      sad /= sum;
      angry /= sum;
      neutral /= sum;
    }
  }

  private static void requirePositive(Emotion emotion, double probability) {
    if (!(probability > 0)) {
      throw new IllegalArgumentException(
          "prior of %s must be above 0, but is %s".formatted(emotion.longName(), probability));
    }
  }

  /**
   * Reads the form of {@link #toString}; the order does not matter.
   *
   * @throws IllegalArgumentException if an emotion is missing, unknown or there twice, or a value
   *     is out of range
   */
  public static EmotionPrior parse(String text) {
    Map<String, Double> values = new HashMap<>();
    for (String part : text.split(",", -1)) {
      String[] pair = part.split("=", -1);
      if (pair.length != 2 || values.put(pair[0].strip(), number(pair[1].strip())) != null) {
        throw malformed(text);
      }
    }
    EmotionPrior prior = ofLongNames(values, text);
    if (values.size() != Emotion.values().length) {
      throw malformed(text);
    }
    return prior;
  }

  private static double number(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "prior must consist of numbers, but has '" + value + "'", e);
    }
  }

  private static EmotionPrior ofLongNames(Map<String, Double> values, String text) {
    double[] inOrder = new double[Emotion.values().length];
    for (Emotion emotion : Emotion.values()) {
      Double value = values.get(emotion.longName());
      if (value == null) {
        throw malformed(text);
      }
      inOrder[emotion.ordinal()] = value;
    }
    return of(inOrder);
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "prior must name each emotion once, as in '%s', but is '%s'".formatted(CALLS, text));
  }

  /**
   * A prior of values in the order of {@link Emotion#values()}.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public static EmotionPrior of(double[] values) {
    if (values.length != Emotion.values().length) {
      throw new IllegalArgumentException(
          "prior must have %d values, but has %d"
              .formatted(Emotion.values().length, values.length));
    }
    return new EmotionPrior(values[0], values[1], values[2], values[3]);
  }

  public double probability(Emotion emotion) {
    return switch (emotion) {
      case HAPPY -> happy;
      case SAD -> sad;
      case ANGRY -> angry;
      case NEUTRAL -> neutral;
    };
  }

  /** The values in the order of {@link Emotion#values()}. */
  public double[] toArray() {
    return new double[] {happy, sad, angry, neutral};
  }

  /**
   * Each emotion's probability here to that in another prior, in the order of {@link
   * Emotion#values()}.
   */
  public double[] ratiosTo(EmotionPrior other) {
    double[] ratios = toArray();
    for (Emotion emotion : Emotion.values()) {
      ratios[emotion.ordinal()] /= other.probability(emotion);
    }
    return ratios;
  }

  /** An estimate that was made under a uniform prior, made under this one by Bayes' rule. */
  public EmotionEstimate apply(EmotionEstimate underUniform) {
    if (equals(UNIFORM)) {
      return underUniform;
    }
    float[] probabilities = underUniform.toArray();
    double[] weighted = toArray();
    for (int i = 0; i < weighted.length; i++) {
      weighted[i] *= probabilities[i];
    }
    double sum = Arrays.stream(weighted).sum();
    for (int i = 0; i < weighted.length; i++) {
      probabilities[i] = (float) (weighted[i] / sum);
    }
    return new EmotionEstimate(probabilities);
  }

  /** As options have it: {@code happy=0.1,sad=0.05,angry=0.1,neutral=0.75}. */
  @Override
  public String toString() {
    return Arrays.stream(Emotion.values())
        .map(emotion -> emotion.longName() + "=" + probability(emotion))
        .collect(Collectors.joining(","));
  }
}

package io.undertone.training.corpus;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import java.util.Optional;

/**
 * Reads the column {@code weak}: empty, {@value #NEUTRAL_NAME}, or a probability for each emotion
 * as in {@code hap=0.1;sad=0.06;ang=0.1;neu=0.74}.
 */
final class WeakTarget {

  static final String NEUTRAL_NAME = "neutral";

  /** Everyday speech: mostly neutral. Chosen in a rehearsal on calls that are not in training. */
  private static final EmotionEstimate NEUTRAL =
      new EmotionEstimate(new float[] {0.1f, 0.06f, 0.1f, 0.74f});

  private WeakTarget() {}

  /**
   * Parses a value.
   *
   * @throws IllegalArgumentException if it is none of the above
   */
  static Optional<EmotionEstimate> parse(String value) {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(value.equals(NEUTRAL_NAME) ? NEUTRAL : distribution(value));
  }

  private static EmotionEstimate distribution(String value) {
    float[] probabilities = new float[Emotion.values().length];
    String[] entries = value.split(";", -1);
    boolean complete = entries.length == probabilities.length;
    for (String entry : entries) {
      String[] parts = entry.split("=", -1);
      float probability = parts.length == 2 ? number(parts[1]) : Float.NaN;
      complete &= probability > 0;
      if (complete) {
        probabilities[Emotion.ofShortName(parts[0].strip()).ordinal()] = probability;
      }
    }
    float sum = 0;
    for (float probability : probabilities) {
      complete &= probability > 0;
      sum += probability;
    }
    if (!complete || Math.abs(sum - 1) > 1e-3) {
      throw new IllegalArgumentException(
          "weak must be empty, neutral, or probabilities above 0 that add up to 1 as in"
              + " hap=0.1;sad=0.06;ang=0.1;neu=0.74, but is '%s'".formatted(value));
    }
    return new EmotionEstimate(probabilities);
  }

  private static float number(String text) {
    try {
      return Float.parseFloat(text.strip());
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }
}

package io.undertone.cli.terminal;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Emotions under the names that events have. */
public final class Emotions {

  private Emotions() {}

  /** "happy" for HAPPY. */
  public static String name(Emotion emotion) {
    return emotion.name().toLowerCase(Locale.ROOT);
  }

  /** Name to probability, in the order of the classes. */
  public static Map<String, Float> probabilities(EmotionEstimate estimate) {
    Map<String, Float> probabilities = new LinkedHashMap<>();
    for (Emotion emotion : Emotion.values()) {
      probabilities.put(name(emotion), estimate.probability(emotion));
    }
    return probabilities;
  }
}

package io.undertone.dashboard.calls;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The probability of each emotion. Names are shared by all objects with the same emotions, since
 * the window holds one of these for each utterance.
 */
public final class Probabilities {
  private static final Map<List<String>, List<String>> NAMES = new ConcurrentHashMap<>();
  private static final float CLEARLY = 0.6f;
  private static final float SAD_WEIGHT = 0.6f;

  private final List<String> names;
  private final float[] values;

  private Probabilities(List<String> names, float[] values) {
    this.names = names;
    this.values = values;
  }

  /** Those of an event; null if it has none. */
  public static @Nullable Probabilities of(@Nullable Map<String, Float> byEmotion) {
    if (byEmotion == null || byEmotion.isEmpty()) {
      return null;
    }
    TreeMap<String, Float> sorted = new TreeMap<>(byEmotion);
    List<String> names = List.copyOf(sorted.keySet());
    float[] values = new float[names.size()];
    int i = 0;
    for (float value : sorted.values()) {
      values[i++] = value;
    }
    return new Probabilities(NAMES.computeIfAbsent(names, known -> known), values);
  }

  /** Zero for an emotion that the model does not know. */
  public float of(String emotion) {
    int index = names.indexOf(emotion);
    return index < 0 ? 0 : values[index];
  }

  /** From -1 (negative) to 1 (positive): happy - sad - angry, a fifth of Contact Lens's scale. */
  public float valence() {
    return of("happy") - of("sad") - of("angry");
  }

  /** From 0 to 1: how much of the estimate says that somebody is needed; anger counts most. */
  float negativity() {
    return Math.min(1, of("angry") + SAD_WEIGHT * of("sad"));
  }

  /** Whether the negative emotions together are clearly more probable than all others. */
  boolean isNegative() {
    return of("angry") + of("sad") > CLEARLY;
  }

  /** As in the event. */
  public Map<String, Float> byEmotion() {
    Map<String, Float> byEmotion = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      byEmotion.put(names.get(i), values[i]);
    }
    return byEmotion;
  }

  /** By emotion, in the order of their names, rounded to thousandths. */
  public Map<String, Double> rounded() {
    Map<String, Double> rounded = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      rounded.put(names.get(i), Math.round(values[i] * 1000) / 1000.0);
    }
    return rounded;
  }
}

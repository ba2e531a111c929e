package io.undertone.alerts.rules;

import io.undertone.schemas.EmotionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a rule looks for in an utterance: an emotion, or a sentiment, which is one or more. */
public enum Feeling {
  HAPPY("happy"),
  SAD("sad"),
  ANGRY("angry"),
  NEUTRAL("neutral"),
  POSITIVE("happy"),
  NEGATIVE("sad", "angry");

  private final List<String> emotions;

  Feeling(String... emotions) {
    this.emotions = List.of(emotions);
  }

  /** The feeling of a name, in any case. */
  public static Optional<Feeling> of(String name) {
    return Arrays.stream(values())
        .filter(feeling -> feeling.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /** All names, as in rules. */
  static String names() {
    return Arrays.stream(values()).map(Feeling::toString).collect(Collectors.joining(", "));
  }

  /** Whether an event's emotion is this one. */
  public boolean is(@Nullable String emotion) {
    return emotion != null && emotions.contains(emotion);
  }

  /** The sum of the probabilities of the emotions. */
  public float probability(EmotionEvent event) {
    Map<String, Float> probabilities = event.getProbabilities();
    float sum = 0;
    for (String emotion : emotions) {
      sum += probabilities.getOrDefault(emotion, 0f);
    }
    return sum;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

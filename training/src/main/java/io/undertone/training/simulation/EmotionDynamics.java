package io.undertone.training.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.undertone.model.Emotion;
import io.undertone.training.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How emotion moves in a dialogue: the chance of a speaker's next emotion given their last one and
 * the other speaker's, and the chance that the turn passes on.
 */
public final class EmotionDynamics {

  private static final String NONE = "-";
  private static final double STAY = 0.75;
  private static final double TURN = 0.57;

  private final Map<String, double[]> transitions;
  private final double turnChance;

  private EmotionDynamics(Map<String, double[]> transitions, double turnChance) {
    this.transitions = transitions;
    this.turnChance = turnChance;
  }

  /** A speaker keeps their emotion three times in four, and feels anything else alike. */
  public static EmotionDynamics sluggish() {
    Map<String, double[]> transitions = new HashMap<>();
    for (Emotion own : Emotion.values()) {
      double[] chances = new double[Emotion.values().length];
      Arrays.fill(chances, (1 - STAY) / (chances.length - 1));
      chances[own.ordinal()] = STAY;
      transitions.put(own.shortName() + "|" + NONE, chances);
    }
    transitions.put(NONE + "|" + NONE, new double[] {0.25, 0.25, 0.25, 0.25});
    return new EmotionDynamics(transitions, TURN);
  }

  /**
   * Reads {@code {"transitions": {"own|other": {"hap": p, …}}, "speaker_change_probability": p}},
   * where {@code own} and {@code other} are short names, or {@code -} before the first utterance.
   *
   * @throws TrainingException if a row is missing or holds what cannot be probabilities
   */
  public static EmotionDynamics read(Path file) throws IOException {
    JsonNode root = JsonMapper.builder().build().readTree(file.toFile());
    JsonNode table = root.path("transitions");
    if (!table.has(NONE + "|" + NONE) || !root.path("speaker_change_probability").isNumber()) {
      throw new TrainingException(
          file + ": must have 'speaker_change_probability' and 'transitions' with '-|-'");
    }
    Map<String, double[]> transitions = new HashMap<>();
    table
        .properties()
        .forEach(
            row -> {
              double[] chances = new double[Emotion.values().length];
              for (Emotion emotion : Emotion.values()) {
                JsonNode chance = row.getValue().path(emotion.shortName());
                if (!chance.isNumber() || chance.asDouble() < 0) {
                  throw new TrainingException(
                      "%s: %s of %s must be a number of at least 0, but is %s"
                          .formatted(file, emotion.shortName(), row.getKey(), chance));
                }
                chances[emotion.ordinal()] = chance.asDouble();
              }
              if (Arrays.stream(chances).sum() == 0) {
                throw new TrainingException(
                    "%s: some emotion must follow %s, but none does".formatted(file, row.getKey()));
              }
              transitions.put(row.getKey(), chances);
            });
    double turnChance = root.path("speaker_change_probability").asDouble();
    if (!(turnChance > 0 && turnChance <= 1)) {
      throw new TrainingException(
          "%s: speaker_change_probability must be above 0 and at most 1, but is %s"
              .formatted(file, turnChance));
    }
    return new EmotionDynamics(transitions, turnChance);
  }

  /**
   * Draws a speaker's next emotion.
   *
   * @param own what they felt last, null at first
   * @param other what the other speaker felt last, null at first
   */
  Emotion next(@Nullable Emotion own, @Nullable Emotion other, Random random) {
    double[] chances = chances(own, other);
    double sum = Arrays.stream(chances).sum();
    double drawn = random.nextDouble() * sum;
    for (Emotion emotion : Emotion.values()) {
      drawn -= chances[emotion.ordinal()];
      if (drawn < 0) {
        return emotion;
      }
    }
    return Emotion.values()[Emotion.values().length - 1];
  }

  /**
   * What comes next after each pair of emotions.
   *
   * @return (classes, classes · classes), row by row: of the next emotion by {@code own · classes +
   *     other}, probabilities
   */
  public float[] table() {
    int classes = Emotion.values().length;
    float[] table = new float[classes * classes * classes];
    for (Emotion own : Emotion.values()) {
      for (Emotion other : Emotion.values()) {
        double[] chances = chances(own, other);
        double sum = Arrays.stream(chances).sum();
        int pair = own.ordinal() * classes + other.ordinal();
        for (int next = 0; next < classes; next++) {
          table[next * classes * classes + pair] = (float) (chances[next] / sum);
        }
      }
    }
    return table;
  }

  /** The row of both, else that of the speaker alone, else that of a dialogue's begin. */
  private double[] chances(@Nullable Emotion own, @Nullable Emotion other) {
    return Stream.of(name(own) + "|" + name(other), name(own) + "|" + NONE, NONE + "|" + NONE)
        .flatMap(key -> Stream.ofNullable(transitions.get(key)))
        .findFirst()
        .orElseThrow();
  }

  /** Whether the other speaker says the next utterance. */
  boolean turnPasses(Random random) {
    return random.nextDouble() < turnChance;
  }

  private static String name(@Nullable Emotion emotion) {
    return emotion == null ? NONE : emotion.shortName();
  }
}

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
 * A Markov model of the emotions in a dialogue: the probabilities of a speaker's next emotion given
 * the last emotions of both speakers, and the probability that the speaker changes.
 */
public final class EmotionDynamics {

  private static final String NONE = "-";
  private static final double STAY = 0.75;
  private static final double SPEAKER_CHANGE = 0.57;

  private final Map<String, double[]> transitions;
  private final double speakerChange;

  private EmotionDynamics(Map<String, double[]> transitions, double speakerChange) {
    this.transitions = transitions;
    this.speakerChange = speakerChange;
  }

  /** A speaker's emotion stays with probability 0.75, whatever the other speaker's is. */
  public static EmotionDynamics persistent() {
    Map<String, double[]> transitions = new HashMap<>();
    for (Emotion own : Emotion.values()) {
      double[] weights = new double[Emotion.values().length];
      Arrays.fill(weights, (1 - STAY) / (weights.length - 1));
      weights[own.ordinal()] = STAY;
      transitions.put(own.shortName() + "|" + NONE, weights);
    }
    transitions.put(NONE + "|" + NONE, new double[] {0.25, 0.25, 0.25, 0.25});
    return new EmotionDynamics(transitions, SPEAKER_CHANGE);
  }

  /**
   * Reads {@code {"transitions": {"own|other": {"hap": p, …}}, "speaker_change_probability": p}},
   * where {@code own} and {@code other} are short names, or {@code -} before the first utterance.
   *
   * @throws TrainingException if a row is missing or out of range
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
        .forEach(row -> transitions.put(row.getKey(), readRow(file, row.getKey(), row.getValue())));
    double speakerChange = root.path("speaker_change_probability").asDouble();
    if (!(speakerChange > 0 && speakerChange <= 1)) {
      throw new TrainingException(
          "%s: speaker_change_probability must be above 0 and at most 1, but is %s"
              .formatted(file, speakerChange));
    }
    return new EmotionDynamics(transitions, speakerChange);
  }

  private static double[] readRow(Path file, String row, JsonNode json) {
    double[] weights = new double[Emotion.values().length];
    for (Emotion emotion : Emotion.values()) {
      JsonNode weight = json.path(emotion.shortName());
      if (!weight.isNumber() || weight.asDouble() < 0) {
        throw new TrainingException(
            "%s: %s of %s must be a number of at least 0, but is %s"
                .formatted(file, emotion.shortName(), row, weight));
      }
      weights[emotion.ordinal()] = weight.asDouble();
    }
    if (Arrays.stream(weights).sum() == 0) {
      throw new TrainingException(
          "%s: the probabilities of %s must have a sum above 0".formatted(file, row));
    }
    return weights;
  }

  /**
   * Draws a speaker's next emotion.
   *
   * @param own the speaker's last emotion, null at first
   * @param other the other speaker's last emotion, null at first
   */
  Emotion next(@Nullable Emotion own, @Nullable Emotion other, Random random) {
    double[] weights = weights(own, other);
    double rest = random.nextDouble() * Arrays.stream(weights).sum();
    for (Emotion emotion : Emotion.values()) {
      rest -= weights[emotion.ordinal()];
      if (rest < 0) {
        return emotion;
      }
    }
    return Emotion.values()[Emotion.values().length - 1];
  }

  /**
   * The transition probabilities.
   *
   * @return (classes, classes · classes), row by row: the next emotion by {@code own · classes +
   *     other}
   */
  public float[] table() {
    int classes = Emotion.values().length;
    float[] table = new float[classes * classes * classes];
    for (Emotion own : Emotion.values()) {
      for (Emotion other : Emotion.values()) {
        double[] weights = weights(own, other);
        double sum = Arrays.stream(weights).sum();
        int pair = own.ordinal() * classes + other.ordinal();
        for (int next = 0; next < classes; next++) {
          table[next * classes * classes + pair] = (float) (weights[next] / sum);
        }
      }
    }
    return table;
  }

  /** The row of both emotions, or else of the speaker's own, or else of a dialogue's beginning. */
  private double[] weights(@Nullable Emotion own, @Nullable Emotion other) {
    return Stream.of(name(own) + "|" + name(other), name(own) + "|" + NONE, NONE + "|" + NONE)
        .flatMap(key -> Stream.ofNullable(transitions.get(key)))
        .findFirst()
        .orElseThrow();
  }

  /** Draws whether the speaker changes after an utterance. */
  boolean speakerChanges(Random random) {
    return random.nextDouble() < speakerChange;
  }

  private static String name(@Nullable Emotion emotion) {
    return emotion == null ? NONE : emotion.shortName();
  }
}

package io.undertone.training.recipe;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Name, seed and length of a training.
 *
 * @param name of the model
 * @param seed the same seed, data and plan give the same weights on one machine
 * @param tokenizerEpochs passes of the tokenizer over the clips
 * @param decoderSteps steps of the decoder, of 8 dialogues of 512 tokens each
 * @param memoryRounds rounds of the memory, of 40 steps of 48 dialogues each; 60 dialogues a round
 *     are simulated to draw these from
 * @param temperature of the model's estimates, which leaving corpora out finds
 */
public record TrainingPlan(
    String name,
    long seed,
    int tokenizerEpochs,
    int decoderSteps,
    int memoryRounds,
    double temperature) {

  /** For 7,000 clips. */
  public static final TrainingPlan DEFAULT = new TrainingPlan("undertone-small", 1, 8, 400, 10, 1);

  /** A plan with the default number of memory rounds. */
  public TrainingPlan(
      String name, long seed, int tokenizerEpochs, int decoderSteps, double temperature) {
    this(name, seed, tokenizerEpochs, decoderSteps, DEFAULT.memoryRounds(), temperature);
  }

  public TrainingPlan {
    requireAtLeastOne("tokenizer epochs", tokenizerEpochs);
    requireAtLeastOne("decoder steps", decoderSteps);
    requireAtLeastOne("memory rounds", memoryRounds);
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException(
          "temperature must be above 0 and finite, but is " + temperature);
    }
  }

  /** What decides the weights: all but name and temperature, which are written at the end. */
  Map<String, Object> identity() {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("seed", seed);
    identity.put("number of tokenizer epochs", tokenizerEpochs);
    identity.put("number of decoder steps", decoderSteps);
    identity.put("number of memory rounds", memoryRounds);
    return identity;
  }

  private static void requireAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but are " + value);
    }
  }
}

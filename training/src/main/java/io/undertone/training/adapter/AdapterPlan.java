package io.undertone.training.adapter;

/**
 * Name, seed, size and length of a training. The defaults are those of arXiv 2507.09076, where it
 * names them.
 *
 * @param name of the model
 * @param seed the same seed, data and plan give the same weights on one machine
 * @param rank of the emotion LoRA, and of the model's temporary ones; alpha is the same number
 * @param learningRate of every step, of both LoRAs
 * @param steps of the optimiser
 * @param sequencesPerStep sequences whose gradients add up to a step's; one is computed at a time
 * @param sequenceTokens largest length of a sequence, and of the model's prefix and window
 * @param stepsPerRound steps between saved states
 */
public record AdapterPlan(
    String name,
    long seed,
    int rank,
    double learningRate,
    int steps,
    int sequencesPerStep,
    int sequenceTokens,
    int stepsPerRound) {

  public static final int DEFAULT_RANK = 64;
  public static final double DEFAULT_LEARNING_RATE = 5e-5;
  public static final int DEFAULT_SEQUENCES_PER_STEP = 8;
  public static final int DEFAULT_SEQUENCE_TOKENS = 1024;
  public static final int DEFAULT_STEPS_PER_ROUND = 25;

  private static final int FEWEST_SEQUENCE_TOKENS = 16;

  public AdapterPlan {
    requireAtLeast("rank", rank, 1);
    requireAtLeast("steps", steps, 1);
    requireAtLeast("sequences per step", sequencesPerStep, 1);
    requireAtLeast("window tokens", sequenceTokens, FEWEST_SEQUENCE_TOKENS);
    requireAtLeast("steps per round", stepsPerRound, 1);
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      throw new IllegalArgumentException(
          "learning rate must be above 0 and finite, but is " + learningRate);
    }
  }

  private static void requireAtLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, but is %d".formatted(name, least, value));
    }
  }
}

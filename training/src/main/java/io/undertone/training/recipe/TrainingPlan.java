package io.undertone.training.recipe;

/**
 * How long to learn.
 *
 * @param name of the model
 * @param seed the same seed, data and plan give the same weights on one machine
 * @param tokenizerEpochs passes over the clips
 * @param languageModelSteps of 8 dialogues of 512 tokens each
 * @param memoryRounds of 40 steps of 48 dialogues each, out of 60 a round that the decoder hears
 */
public record TrainingPlan(
    String name, long seed, int tokenizerEpochs, int languageModelSteps, int memoryRounds) {

  /** About an hour and three quarters on one core for 7,000 clips. */
  public static final TrainingPlan DEFAULT = new TrainingPlan("undertone-small", 1, 28, 1000, 10);

  /** A plan with the default's work on the memory. */
  public TrainingPlan(String name, long seed, int tokenizerEpochs, int languageModelSteps) {
    this(name, seed, tokenizerEpochs, languageModelSteps, DEFAULT.memoryRounds());
  }

  public TrainingPlan {
    if (tokenizerEpochs < 1) {
      throw new IllegalArgumentException(
          "tokenizerEpochs must be at least 1, but is " + tokenizerEpochs);
    }
    if (languageModelSteps < 1) {
      throw new IllegalArgumentException(
          "languageModelSteps must be at least 1, but is " + languageModelSteps);
    }
    if (memoryRounds < 1) {
      throw new IllegalArgumentException("memoryRounds must be at least 1, but is " + memoryRounds);
    }
  }
}

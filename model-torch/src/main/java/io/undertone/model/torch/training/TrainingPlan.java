package io.undertone.model.torch.training;

/**
 * How long to learn.
 *
 * @param name of the model
 * @param seed the same seed, data and plan give the same weights on one machine
 * @param tokenizerEpochs passes over the clips
 * @param languageModelSteps of 8 dialogues of 512 tokens each
 */
public record TrainingPlan(String name, long seed, int tokenizerEpochs, int languageModelSteps) {

  /** About 45 minutes on one core for 7,000 clips. */
  public static final TrainingPlan DEFAULT = new TrainingPlan("undertone-small", 1, 14, 1000);

  public TrainingPlan {
    if (tokenizerEpochs < 1) {
      throw new IllegalArgumentException(
          "tokenizerEpochs must be at least 1, but is " + tokenizerEpochs);
    }
    if (languageModelSteps < 1) {
      throw new IllegalArgumentException(
          "languageModelSteps must be at least 1, but is " + languageModelSteps);
    }
  }
}

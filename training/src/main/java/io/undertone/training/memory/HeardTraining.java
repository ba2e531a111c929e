package io.undertone.training.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.undertone.model.torch.device.Backward;
import io.undertone.training.ProgressLog;
import io.undertone.training.optimization.OneCycle;
import io.undertone.training.optimization.Rounds;
import io.undertone.training.optimization.TrainableWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Learns from what the decoder has heard of dialogues, the decoder as it is. */
final class HeardTraining {

  static final float LABEL_SMOOTHING = 0.1f;

  private static final int STEPS_PER_ROUND = 40;
  private static final int DIALOGUES_PER_STEP = 48;
  private static final float LEARNING_RATE = 4e-3f;
  private static final float WEIGHT_DECAY = 0.02f;
  private static final float LARGEST_NORM = 1;

  private final NDManager manager;
  private final TrainableWeights weights;
  private final String stage;
  private final Loss loss;

  /** What is to become small. */
  @FunctionalInterface
  interface Loss {

    /**
     * The mean over all labelled utterances, a scalar.
     *
     * @param smoothing of the labels
     * @param scope owns what is made
     */
    NDArray of(List<HeardSequence> dialogues, float smoothing, NDManager scope);
  }

  /**
   * @param stage names the rounds' files
   */
  HeardTraining(NDManager manager, TrainableWeights weights, String stage, Loss loss) {
    this.manager = manager;
    this.weights = weights;
    this.stage = stage;
    this.loss = loss;
  }

  /**
   * Runs the rounds that are left.
   *
   * @param dev may be empty
   * @param rounds how many there are in all
   * @param work where the rounds are kept
   */
  void run(
      List<HeardSequence> train,
      List<HeardSequence> dev,
      int rounds,
      Path work,
      long seed,
      ProgressLog progress) {
    OneCycle rate = new OneCycle(LEARNING_RATE, rounds * STEPS_PER_ROUND);
    new Rounds(weights, work, stage, rounds, seed, progress)
        .run(
            (round, random) -> {
              double sum = 0;
              for (int i = 0; i < STEPS_PER_ROUND; i++) {
                float stepRate = rate.at(round * STEPS_PER_ROUND + i);
                sum += step(drawn(train, random), stepRate);
              }
              double heard = dev.isEmpty() ? Double.NaN : weights.atAverages(() -> judged(dev));
              progress.say(
                  "%s round %d of %d: loss %.3f, dev NLL %.3f",
                  stage, round + 1, rounds, sum / STEPS_PER_ROUND, heard);
              return heard;
            });
  }

  private static List<HeardSequence> drawn(List<HeardSequence> from, Random random) {
    List<HeardSequence> drawn = new ArrayList<>();
    for (int i = 0; i < DIALOGUES_PER_STEP; i++) {
      drawn.add(from.get(random.nextInt(from.size())));
    }
    return drawn;
  }

  private double step(List<HeardSequence> dialogues, float learningRate) {
    double value;
    try (NDManager scope = manager.newSubManager();
        NDScope arrays = new NDScope()) {
      arrays.suppressNotUsedWarning();
      value = new Backward().of(() -> loss.of(dialogues, LABEL_SMOOTHING, scope)).getFloat();
    }
    weights.update(learningRate, WEIGHT_DECAY, LARGEST_NORM);
    return value;
  }

  private double judged(List<HeardSequence> dialogues) {
    try (NDManager scope = manager.newSubManager();
        NDScope arrays = new NDScope()) {
      arrays.suppressNotUsedWarning();
      return loss.of(dialogues, 0, scope).getFloat();
    }
  }
}

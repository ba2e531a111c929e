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

/** Optimizes weights on the decoder's states of dialogues; the decoder is frozen. */
final class StateTraining {

  private static final float LABEL_SMOOTHING = 0.1f;
  private static final int STEPS_PER_ROUND = 40;
  private static final int DIALOGUES_PER_STEP = 48;
  private static final float LEARNING_RATE = 4e-3f;
  private static final float WEIGHT_DECAY = 0.02f;
  private static final float LARGEST_NORM = 1;

  private final NDManager manager;
  private final TrainableWeights weights;
  private final String stage;
  private final Loss loss;
  private final Backward backward;

  /** The loss to minimize. */
  @FunctionalInterface
  interface Loss {

    /**
     * The mean over all labelled utterances, a scalar.
     *
     * @param smoothing of the labels
     * @param scope owns the arrays
     */
    NDArray of(List<DialogueStates> dialogues, float smoothing, NDManager scope);
  }

  /**
   * @param stage prefix of the checkpoint files, and name in the progress
   */
  StateTraining(
      NDManager manager, TrainableWeights weights, String stage, Loss loss, Backward backward) {
    this.manager = manager;
    this.weights = weights;
    this.stage = stage;
    this.loss = loss;
    this.backward = backward;
  }

  /**
   * Runs the remaining rounds and keeps the best weights.
   *
   * @param dev dialogues that the weights are chosen on, maybe none
   * @param rounds total number of rounds
   * @param work directory of the checkpoints
   */
  void run(
      List<DialogueStates> train,
      List<DialogueStates> dev,
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
                sum += step(draw(train, random), rate.at(round * STEPS_PER_ROUND + i));
              }
              double devLoss =
                  dev.isEmpty() ? Double.NaN : weights.withAverages(() -> evaluate(dev));
              progress.say(
                  "%s round %d of %d: loss %.3f, dev NLL %.3f",
                  stage, round + 1, rounds, sum / STEPS_PER_ROUND, devLoss);
              return devLoss;
            });
  }

  private static List<DialogueStates> draw(List<DialogueStates> dialogues, Random random) {
    List<DialogueStates> drawn = new ArrayList<>();
    for (int i = 0; i < DIALOGUES_PER_STEP; i++) {
      drawn.add(dialogues.get(random.nextInt(dialogues.size())));
    }
    return drawn;
  }

  private double step(List<DialogueStates> dialogues, float learningRate) {
    double value;
    try (NDManager scope = manager.newSubManager();
        NDScope arrays = new NDScope()) {
      arrays.suppressNotUsedWarning();
      value = backward.of(() -> loss.of(dialogues, LABEL_SMOOTHING, scope)).getFloat();
    }
    weights.update(learningRate, WEIGHT_DECAY, LARGEST_NORM);
    return value;
  }

  private double evaluate(List<DialogueStates> dialogues) {
    try (NDManager scope = manager.newSubManager();
        NDScope arrays = new NDScope()) {
      arrays.suppressNotUsedWarning();
      return loss.of(dialogues, 0, scope).getFloat();
    }
  }
}

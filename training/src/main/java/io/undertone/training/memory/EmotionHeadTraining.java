package io.undertone.training.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Emotion;
import io.undertone.model.torch.device.Backward;
import io.undertone.training.ProgressLog;
import io.undertone.training.optimization.TrainableWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Fine-tunes the emotion rows of the head on states from clean tokens without dropout. The decoder
 * was trained with noise and dropout only, and its states hold more without them.
 */
final class EmotionHeadTraining {

  private static final String CHANGE = "change.weight";

  private final Shape shape;
  private final long seed;
  private final TrainableWeights weights;
  private final StateTraining training;

  /**
   * @param width of the decoder
   */
  EmotionHeadTraining(NDManager manager, int width, long seed) {
    this.shape = new Shape(Emotion.values().length, width);
    this.seed = seed;
    this.weights = new TrainableWeights(manager, new Random(seed));
    this.training = new StateTraining(manager, weights, "head", this::loss, new Backward());
    change();
  }

  private NDArray change() {
    return weights.get(CHANGE, shape, 0);
  }

  /**
   * Runs the remaining rounds.
   *
   * @param dev maybe empty
   * @param rounds total number of rounds
   * @param work directory of the checkpoints
   * @return the change of the rows, (classes, width)
   */
  NDArray run(
      List<DialogueStates> train,
      List<DialogueStates> dev,
      int rounds,
      Path work,
      ProgressLog progress) {
    training.run(train, dev, rounds, work, seed, progress);
    return change();
  }

  private NDArray loss(List<DialogueStates> dialogues, float smoothing, NDManager scope) {
    UtteranceBatch batch = UtteranceBatch.ofAll(dialogues, smoothing, scope);
    NDArray logits = batch.logits().add(batch.states().matMul(change().transpose()));
    NDArray count = scope.create((float) -Math.max(1, batch.labelled()));
    return logits.logSoftmax(1).mul(batch.targets()).sum().div(count);
  }
}

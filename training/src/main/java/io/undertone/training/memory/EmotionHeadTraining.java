package io.undertone.training.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Emotion;
import io.undertone.training.ProgressLog;
import io.undertone.training.optimization.TrainableWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Teaches the emotions' rows of the head once more: in its own training the decoder only ever read
 * disturbed tokens with some of its branches dropped, and hears more in clean ones than those rows
 * then tell.
 */
public final class EmotionHeadTraining {

  private static final String CHANGE = "change.weight";

  private final Shape shape;
  private final long seed;
  private final TrainableWeights weights;
  private final HeardTraining training;

  /**
   * @param width of the decoder
   */
  public EmotionHeadTraining(NDManager manager, int width, long seed) {
    this.shape = new Shape(Emotion.values().length, width);
    this.seed = seed;
    this.weights = new TrainableWeights(manager, new Random(seed));
    this.training = new HeardTraining(manager, weights, "head", this::loss);
    change();
  }

  private NDArray change() {
    return weights.get(CHANGE, shape, 0);
  }

  /**
   * Runs the rounds that are left.
   *
   * @param dev may be empty
   * @param rounds how many there are in all
   * @param work where the rounds are kept
   * @return what the rows change by, (classes, width)
   */
  public NDArray run(
      List<HeardSequence> train,
      List<HeardSequence> dev,
      int rounds,
      Path work,
      ProgressLog progress) {
    training.run(train, dev, rounds, work, seed, progress);
    return change();
  }

  private NDArray loss(List<HeardSequence> dialogues, float smoothing, NDManager scope) {
    HeardSequence.Turn all = HeardSequence.turns(dialogues, smoothing, scope);
    NDArray logits = all.logits().add(all.states().matMul(change().transpose()));
    return logits.logSoftmax(1).mul(all.wanted()).sum().div(-Math.max(1, all.labelled()));
  }
}

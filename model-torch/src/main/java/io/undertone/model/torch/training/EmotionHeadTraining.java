package io.undertone.model.torch.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.corpus.ProgressLog;
import io.undertone.model.torch.device.Backward;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Teaches the emotions' rows of the head once more, the decoder as it is: in its own training it
 * only ever read disturbed tokens with some of its branches dropped, and hears more in clean ones
 * than those rows then tell.
 */
final class EmotionHeadTraining {

  private static final int STEPS_PER_ROUND = 40;
  private static final int DIALOGUES_PER_STEP = 48;
  private static final float LEARNING_RATE = 4e-3f;
  private static final float WEIGHT_DECAY = 0.02f;
  private static final float LARGEST_NORM = 1;
  private static final float LABEL_SMOOTHING = 0.1f;
  private static final String CHANGE = "change.weight";

  private final NDManager manager;
  private final Shape shape;
  private final TrainableWeights weights;

  /**
   * @param width of the decoder
   */
  EmotionHeadTraining(NDManager manager, int width, int classes, long seed) {
    this.manager = manager;
    this.shape = new Shape(classes, width);
    this.weights = new TrainableWeights(manager, new Random(seed));
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
  NDArray run(
      List<HeardSequence> train,
      List<HeardSequence> dev,
      int rounds,
      Path work,
      long seed,
      ProgressLog progress) {
    OneCycle rate = new OneCycle(LEARNING_RATE, rounds * STEPS_PER_ROUND);
    new Rounds(weights, work, "head", rounds, seed, progress)
        .run(
            (round, random) -> {
              double loss = 0;
              for (int i = 0; i < STEPS_PER_ROUND; i++) {
                loss += step(drawn(train, random), rate.at(round * STEPS_PER_ROUND + i));
              }
              double heard = dev.isEmpty() ? Double.NaN : weights.atAverages(() -> loss(dev));
              progress.say(
                  "head round %d of %d: loss %.3f, dev NLL %.3f",
                  round + 1, rounds, loss / STEPS_PER_ROUND, heard);
              return heard;
            });
    return change();
  }

  private static List<HeardSequence> drawn(List<HeardSequence> from, Random random) {
    List<HeardSequence> drawn = new ArrayList<>();
    for (int i = 0; i < DIALOGUES_PER_STEP; i++) {
      drawn.add(from.get(random.nextInt(from.size())));
    }
    return drawn;
  }

  private double step(List<HeardSequence> dialogues, float learningRate) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray loss = new Backward().of(() -> loss(dialogues, LABEL_SMOOTHING, scope));
      weights.update(learningRate, WEIGHT_DECAY, LARGEST_NORM);
      return loss.getFloat();
    }
  }

  private double loss(List<HeardSequence> dialogues) {
    try (NDManager scope = manager.newSubManager()) {
      return loss(dialogues, 0, scope).getFloat();
    }
  }

  private NDArray loss(List<HeardSequence> dialogues, float smoothing, NDManager scope) {
    HeardSequence.Turn all = HeardSequence.turns(dialogues, smoothing, scope);
    NDArray logits = all.logits().add(all.states().matMul(change().transpose()));
    return logits.logSoftmax(1).mul(all.wanted()).sum().div(-all.labelled());
  }
}

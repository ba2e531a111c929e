package io.undertone.model.torch.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.corpus.ProgressLog;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.dpm.Foresight;
import io.undertone.model.torch.dpm.ForesightSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Teaches what all memories share: {@link Foresight}'s key, evidence, rate and keep. Whole
 * dialogues are heard, each estimate with the memory that the ones before have left; the loss is
 * the mean cross entropy of the emotions, and its gradient goes through every memory step exactly
 * (Finn et al., arXiv 1703.03400, learn to learn so). Each dialogue is misheard in a way of its
 * own, so that memories do not trust what was heard before too much.
 */
final class ForesightTraining {

  private static final int STEPS_PER_ROUND = 40;
  private static final int DIALOGUES_PER_STEP = 48;
  private static final float LEARNING_RATE = 4e-3f;
  private static final float WEIGHT_DECAY = 0.02f;
  private static final float LARGEST_NORM = 1;
  private static final float LABEL_SMOOTHING = 0.1f;

  /**
   * A decoder mishears a voice that it does not know in one way, call after call, as it never does
   * those that it learned from; so far its logits were off for the speakers of CREMA-D's dev part.
   */
  private static final double SPEAKER_BIAS = 0.5;

  private static final double FIRST_RATE = 0.3;
  private static final double FIRST_KEEP = 0.95;

  private final NDManager manager;
  private final ForesightSettings settings;
  private final int width;
  private final int classes;
  private final TrainableWeights weights;
  private final NDArray unit;
  private final NDArray one;

  /**
   * @param width of the decoder
   */
  ForesightTraining(
      NDManager manager, ForesightSettings settings, int width, int classes, long seed) {
    this.manager = manager;
    this.settings = settings;
    this.width = width;
    this.classes = classes;
    this.weights = new TrainableWeights(manager, new Random(seed));
    this.unit = manager.eye(classes);
    this.one = manager.ones(new Shape(1));
    foresight();
  }

  /**
   * Runs the rounds that are left.
   *
   * @param dev may be empty
   * @param rounds how many there are in all
   * @param work where the rounds are kept
   */
  Foresight run(
      List<HeardSequence> train,
      List<HeardSequence> dev,
      int rounds,
      Path work,
      long seed,
      ProgressLog progress) {
    int steps = rounds * STEPS_PER_ROUND;
    OneCycle rate = new OneCycle(LEARNING_RATE, steps);
    new Rounds(weights, work, "foresight", rounds, seed, progress)
        .run(
            (round, random) -> {
              double loss = 0;
              for (int i = 0; i < STEPS_PER_ROUND; i++) {
                loss += step(drawn(train, random), rate.at(round * STEPS_PER_ROUND + i));
              }
              double heard = dev.isEmpty() ? Double.NaN : weights.atAverages(() -> loss(dev, 0));
              progress.say(
                  "foresight round %d of %d: loss %.3f, dev NLL %.3f",
                  round + 1, rounds, loss / STEPS_PER_ROUND, heard);
              return heard;
            });
    return foresight();
  }

  private List<HeardSequence> drawn(List<HeardSequence> from, Random random) {
    List<HeardSequence> drawn = new ArrayList<>();
    for (int i = 0; i < DIALOGUES_PER_STEP; i++) {
      float[] bias = new float[classes];
      for (int emotion = 0; emotion < classes; emotion++) {
        bias[emotion] = (float) (random.nextGaussian() * SPEAKER_BIAS);
      }
      drawn.add(from.get(random.nextInt(from.size())).misheard(bias));
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

  private double loss(List<HeardSequence> dialogues, float smoothing) {
    try (NDManager scope = manager.newSubManager()) {
      return loss(dialogues, smoothing, scope).getFloat();
    }
  }

  /** The mean over all labelled utterances. */
  private NDArray loss(List<HeardSequence> dialogues, float smoothing, NDManager scope) {
    Foresight foresight = foresight();
    int turns =
        dialogues.stream().mapToInt(dialogue -> dialogue.utterances().size()).max().orElseThrow();
    NDArray memories = scope.zeros(new Shape(dialogues.size(), classes, settings.rank()));
    NDList losses = new NDList();
    int labelled = 0;
    for (int turn = 0; turn < turns; turn++) {
      HeardSequence.Turn heard = HeardSequence.turn(dialogues, turn, width, smoothing, scope);
      Foresight.Step step = foresight.step(heard.states(), heard.logits(), memories);
      losses.add(step.logEstimates().mul(heard.wanted()).sum().neg());
      labelled += heard.labelled();
      memories = step.after();
    }
    return NDArrays.stack(losses).sum().div(labelled);
  }

  /** With rate and keep where they must be: above 0, and between 0 and 1. */
  private Foresight foresight() {
    Shape scalar = new Shape(1);
    NDArray logRate = weights.get("log_rate", scalar, 0).add((float) Math.log(FIRST_RATE));
    NDArray keep =
        weights.get("keep_logit", scalar, 0).add((float) Math.log(FIRST_KEEP / (1 - FIRST_KEEP)));
    return new Foresight(
        weights.get("key.weight", new Shape(settings.rank(), width), width),
        weights.get("evidence.weight", new Shape(classes, classes), 0).add(unit),
        logRate.exp(),
        one.div(keep.neg().exp().add(one)));
  }
}

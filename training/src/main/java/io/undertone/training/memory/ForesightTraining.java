package io.undertone.training.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Emotion;
import io.undertone.model.torch.memory.speaker.HeadAdapter;
import io.undertone.model.torch.memory.speaker.SpeakerMemoryConfig;
import io.undertone.model.torch.memory.speaker.SpeakerModel;
import io.undertone.model.torch.memory.speaker.SpeakerState;
import io.undertone.model.torch.memory.speaker.SpeakerStateLayout;
import io.undertone.model.torch.memory.speaker.UtteranceEvidence;
import io.undertone.model.torch.memory.speaker.VoiceModel;
import io.undertone.training.ProgressLog;
import io.undertone.training.optimization.TrainableWeights;
import io.undertone.training.simulation.EmotionDynamics;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Teaches what all memories share: {@link HeadAdapter}'s key, evidence, trust, rate and keep. Whole
 * dialogues are heard, each estimate with the memory that the ones before have left; the loss is
 * the mean cross entropy of the emotions, and its gradient goes through every memory step exactly
 * (Finn et al., arXiv 1703.03400, learn to learn so).
 */
public final class ForesightTraining {

  private static final double FIRST_RATE = 0.3;
  private static final double FIRST_TRUST = 0.9;
  private static final double FIRST_KEEP = 0.95;

  private static final int CLASSES = Emotion.values().length;

  private final SpeakerMemoryConfig config;
  private final int width;
  private final long seed;
  private final NDArray dynamics;
  private final Optional<VoiceModel> voice;
  private final TrainableWeights weights;
  private final HeardTraining training;
  private final NDArray unit;
  private final NDArray one;

  /**
   * @param width of the decoder
   * @param dynamics how emotions move, which stays as it is
   * @param voice what memories know of voices, which stays as it is
   */
  public ForesightTraining(
      NDManager manager,
      SpeakerMemoryConfig config,
      int width,
      EmotionDynamics dynamics,
      Optional<VoiceModel> voice,
      long seed) {
    this.config = config;
    this.width = width;
    this.dynamics =
        manager.create(dynamics.table(), new Shape(CLASSES, CLASSES * CLASSES)).duplicate();
    this.voice = voice;
    this.seed = seed;
    this.weights = new TrainableWeights(manager, new Random(seed));
    this.training = new HeardTraining(manager, weights, "foresight", this::loss);
    this.unit = manager.eye(CLASSES);
    this.one = manager.ones(new Shape(1));
    headAdapter();
  }

  /**
   * Runs the rounds that are left.
   *
   * @param dev may be empty
   * @param rounds how many there are in all
   * @param work where the rounds are kept
   */
  public HeadAdapter run(
      List<HeardSequence> train,
      List<HeardSequence> dev,
      int rounds,
      Path work,
      ProgressLog progress) {
    training.run(train, dev, rounds, work, seed, progress);
    return headAdapter();
  }

  private NDArray loss(List<HeardSequence> dialogues, float smoothing, NDManager scope) {
    SpeakerModel model = new SpeakerModel(headAdapter(), voice);
    int turns =
        dialogues.stream().mapToInt(dialogue -> dialogue.utterances().size()).max().orElseThrow();
    SpeakerState state = new SpeakerStateLayout(config).zeros(dialogues.size(), scope);
    NDList losses = new NDList();
    int labelled = 0;
    for (int turn = 0; turn < turns; turn++) {
      HeardSequence.Turn heard = HeardSequence.turn(dialogues, turn, width, smoothing, scope);
      SpeakerModel.Step step =
          model.step(
              UtteranceEvidence.of(
                  heard.states(),
                  heard.logits(),
                  heard.cues(),
                  heard.otherSides(),
                  config.voiceWidth(),
                  scope),
              state);
      losses.add(step.logEstimates().mul(heard.wanted()).sum().neg());
      labelled += heard.labelled();
      state = step.after();
    }
    return NDArrays.stack(losses).sum().div(Math.max(1, labelled));
  }

  /** With rate where it must be, above 0, and trust and keep between 0 and 1. */
  private HeadAdapter headAdapter() {
    Shape scalar = new Shape(1);
    NDArray logRate = weights.get("log_rate", scalar, 0).add((float) Math.log(FIRST_RATE));
    return new HeadAdapter(
        weights.get("key.weight", new Shape(config.rank(), width), width),
        weights.get("evidence.weight", new Shape(CLASSES, CLASSES), 0).add(unit),
        dynamics,
        share("trust_logit", FIRST_TRUST),
        logRate.exp(),
        share("keep_logit", FIRST_KEEP));
  }

  private NDArray share(String name, double first) {
    NDArray logit = weights.get(name, new Shape(1), 0).add((float) Math.log(first / (1 - first)));
    return one.div(logit.neg().exp().add(one));
  }
}

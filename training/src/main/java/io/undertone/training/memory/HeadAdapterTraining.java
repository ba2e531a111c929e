package io.undertone.training.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Emotion;
import io.undertone.model.torch.device.Backward;
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
 * Trains the shared parameters of the {@link HeadAdapter}: key, evidence, trust, rate and keep. It
 * runs the memory through whole dialogues; the loss is the mean cross entropy of the estimates, and
 * its gradient passes through every memory update (Finn et al., arXiv 1703.03400).
 */
final class HeadAdapterTraining {

  private static final double INITIAL_RATE = 0.3;
  private static final double INITIAL_TRUST = 0.9;
  private static final double INITIAL_KEEP = 0.95;

  private static final int CLASSES = Emotion.values().length;

  private final SpeakerMemoryConfig config;
  private final int width;
  private final long seed;
  private final NDArray dynamics;
  private final Optional<VoiceModel> voice;
  private final TrainableWeights weights;
  private final StateTraining training;
  private final NDArray unit;
  private final NDArray one;

  /**
   * @param width of the decoder
   * @param dynamics of the emotions, constant
   * @param voice constant; empty for memories without a voice model
   * @param backward may observe what happens between the passes
   */
  HeadAdapterTraining(
      NDManager manager,
      SpeakerMemoryConfig config,
      int width,
      EmotionDynamics dynamics,
      Optional<VoiceModel> voice,
      long seed,
      Backward backward) {
    this.config = config;
    this.width = width;
    this.dynamics =
        manager.create(dynamics.table(), new Shape(CLASSES, CLASSES * CLASSES)).duplicate();
    this.voice = voice;
    this.seed = seed;
    this.weights = new TrainableWeights(manager, new Random(seed));
    this.training = new StateTraining(manager, weights, "head-adapter", this::loss, backward);
    this.unit = manager.eye(CLASSES);
    this.one = manager.ones(new Shape(1));
    headAdapter();
  }

  /**
   * Runs the remaining rounds.
   *
   * @param dev maybe empty
   * @param rounds total number of rounds
   * @param work directory of the checkpoints
   */
  HeadAdapter run(
      List<DialogueStates> train,
      List<DialogueStates> dev,
      int rounds,
      Path work,
      ProgressLog progress) {
    training.run(train, dev, rounds, work, seed, progress);
    return headAdapter();
  }

  private NDArray loss(List<DialogueStates> dialogues, float smoothing, NDManager scope) {
    SpeakerModel model = new SpeakerModel(headAdapter(), voice);
    int turns =
        dialogues.stream().mapToInt(dialogue -> dialogue.utterances().size()).max().orElseThrow();
    SpeakerState state = new SpeakerStateLayout(config).zeros(dialogues.size(), scope);
    NDList losses = new NDList();
    int labelled = 0;
    for (int turn = 0; turn < turns; turn++) {
      UtteranceBatch batch = UtteranceBatch.ofTurn(dialogues, turn, width, smoothing, scope);
      SpeakerModel.Step step = model.step(evidence(batch, scope), state);
      losses.add(step.logEstimates().mul(batch.targets()).sum().neg());
      labelled += batch.labelled();
      state = step.after();
    }
    return NDArrays.stack(losses).sum().div(scope.create((float) Math.max(1, labelled)));
  }

  private UtteranceEvidence evidence(UtteranceBatch batch, NDManager scope) {
    return UtteranceEvidence.of(
        batch.states(), batch.logits(), batch.cues(), batch.otherSides(), config, scope);
  }

  /** Parameterized so that rate is above 0, and trust and keep are between 0 and 1. */
  private HeadAdapter headAdapter() {
    Shape scalar = new Shape(1);
    NDArray logRate = weights.get("log_rate", scalar, 0).add((float) Math.log(INITIAL_RATE));
    return new HeadAdapter(
        weights.get("key.weight", new Shape(config.rank(), width), width),
        weights.get("evidence.weight", new Shape(CLASSES, CLASSES), 0).add(unit),
        dynamics,
        sigmoid("trust_logit", INITIAL_TRUST),
        logRate.exp(),
        sigmoid("keep_logit", INITIAL_KEEP));
  }

  private NDArray sigmoid(String name, double initial) {
    NDArray logit =
        weights.get(name, new Shape(1), 0).add((float) Math.log(initial / (1 - initial)));
    return one.div(logit.neg().exp().add(one));
  }
}

package io.undertone.training.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.Residual;
import io.undertone.model.torch.memory.EmotionReader;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.training.ProgressLog;
import io.undertone.training.evaluation.Metrics;
import io.undertone.training.optimization.OneCycle;
import io.undertone.training.optimization.Rounds;
import io.undertone.training.optimization.TrainableWeights;
import io.undertone.training.simulation.DialogueSampler;
import io.undertone.training.simulation.SimulatedUtterance;
import io.undertone.training.tokenizer.TokenizedClip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Trains the decoder on simulated dialogues. */
public final class DecoderTraining {

  private static final float LARGEST_NORM = 1;

  private final DecoderTrainingConfig config;
  private final Vocabulary vocabulary;
  private final NDManager manager;
  private final LlamaWeights weights;
  private final TrainableWeights trainable;

  /** With dropout, for training. */
  private final Llama dropped;

  /** Without dropout, for evaluation. */
  private final Llama llama;

  private final DecoderLoss loss;

  public DecoderTraining(NDManager manager, DecoderTrainingConfig config, Vocabulary vocabulary) {
    this.config = config;
    this.vocabulary = vocabulary;
    this.manager = manager;
    Random random = new Random(config.seed());
    this.weights = LlamaWeights.random(config.model(), config.seed(), manager);
    this.trainable = new TrainableWeights(manager, random);
    weights
        .vocabularyTables()
        .forEach(rows -> CodeEmbeddings.initialise(rows, config.levels(), random));
    weights.named().forEach(trainable::adopt);
    this.dropped = new Llama(weights, Residual.withDropout(config.dropout()));
    this.llama = new Llama(weights);
    this.loss = new DecoderLoss(llama, vocabulary, config.labels(), trainable, manager);
  }

  /**
   * Runs the remaining steps and keeps the best weights.
   *
   * @param dev clips that the weights are chosen on, maybe none
   * @param work directory of the checkpoints
   */
  public LlamaWeights run(
      DialogueSampler dialogues, List<TokenizedClip> dev, Path work, ProgressLog progress) {
    OneCycle rate = new OneCycle(config.learningRate(), config.steps());
    int rounds = (config.steps() + config.stepsPerRound() - 1) / config.stepsPerRound();
    new Rounds(trainable, work, "decoder", rounds, config.seed(), progress)
        .run(
            (round, random) -> {
              int first = round * config.stepsPerRound();
              int end = Math.min(config.steps(), first + config.stepsPerRound());
              double sum = 0;
              for (int step = first; step < end; step++) {
                sum += step(draw(dialogues, random), rate.at(step), random);
                progress.report("decoder step", step + 1, config.steps());
              }
              Metrics metrics = trainable.withAverages(() -> evaluate(dev));
              progress.say(
                  "decoder step %d: loss %.3f, dev clip by clip %s",
                  end, sum / (end - first), metrics);
              return metrics.negativeLogLikelihood();
            });
    return weights;
  }

  private SequenceBatch draw(DialogueSampler dialogues, Random random) {
    int length = config.tokensPerSequence();
    List<TrainingSequence> sequences = new ArrayList<>();
    for (int i = 0; i < config.sequencesPerStep(); i++) {
      List<TokenizedClip> dialogue =
          dialogues.draw(2 * length, random).stream().map(SimulatedUtterance::clip).toList();
      sequences.add(TrainingSequence.of(dialogue, vocabulary, length, random));
    }
    return new SequenceBatch(sequences);
  }

  private float step(SequenceBatch batch, float learningRate, Random random) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray ids =
          scope.create(
              batch.ids(vocabulary, config.noise(), random), new Shape(batch.size(), batch.time()));
      NDArray value = new Backward().of(() -> loss.of(dropped.forward(ids, Adapter.NONE), batch));
      trainable.update(learningRate, config.weightDecay(), LARGEST_NORM);
      return value.getFloat();
    }
  }

  /** Clip by clip, without context. */
  private Metrics evaluate(List<TokenizedClip> clips) {
    Metrics metrics = new Metrics();
    try (NDManager scope = manager.newSubManager()) {
      EmotionReader reader = new EmotionReader(llama, vocabulary, scope);
      for (TokenizedClip clip : clips) {
        int[] utterance = vocabulary.utterance(clip.recorded().codes());
        try (NDManager step = scope.newSubManager()) {
          float[][] probabilities =
              reader.probabilities(List.of(vocabulary.withBos(utterance)), Adapter.NONE, step);
          clip.emotion()
              .ifPresent(label -> metrics.add(label, new EmotionEstimate(probabilities[0])));
        }
      }
    }
    return metrics;
  }
}

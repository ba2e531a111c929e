package io.undertone.training.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.Residual;
import io.undertone.model.torch.memory.EmotionReader;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.training.ProgressLog;
import io.undertone.training.evaluation.Measures;
import io.undertone.training.optimization.OneCycle;
import io.undertone.training.optimization.Rounds;
import io.undertone.training.optimization.TrainableWeights;
import io.undertone.training.simulation.DialogueSampler;
import io.undertone.training.tokenizer.TokenizedClip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Teaches the decoder on drawn dialogues by {@code L = (L_a + L_e + L_w) / 2}: the paper's (arXiv
 * 2507.09076) next token and emotion at the end of each utterance, and the emotion within it.
 */
public final class SllmTraining {

  private static final float LARGEST_NORM = 1;

  private final SllmTrainingConfig config;
  private final Vocabulary vocabulary;
  private final NDManager manager;
  private final LlamaWeights weights;
  private final TrainableWeights trainable;
  private final Llama learning;
  private final Llama judging;
  private Random random;
  private final NDArray half;

  public SllmTraining(NDManager manager, SllmTrainingConfig config, Vocabulary vocabulary) {
    this.config = config;
    this.vocabulary = vocabulary;
    this.manager = manager;
    this.random = new Random(config.seed());
    this.weights = LlamaWeights.random(config.model(), config.seed(), manager);
    this.trainable = new TrainableWeights(manager, random);
    weights
        .vocabularyTables()
        .forEach(rows -> CodeNeighbourhood.initialise(rows, config.levels(), random));
    weights.named().forEach(trainable::adopt);
    this.learning = new Llama(weights, Residual.withDropout(config.dropout()));
    this.judging = new Llama(weights);
    this.half = manager.create(0.5f);
  }

  /**
   * Runs the steps that are left and leaves the best weights.
   *
   * @param work where the rounds are kept
   */
  public LlamaWeights run(
      DialogueSampler dialogues, List<TokenizedClip> dev, Path work, ProgressLog progress) {
    OneCycle rate = new OneCycle(config.learningRate(), config.steps());
    int rounds = (config.steps() + config.stepsPerRound() - 1) / config.stepsPerRound();
    new Rounds(trainable, work, "language-model", rounds, config.seed(), progress)
        .run(
            (round, ownRandom) -> {
              random = ownRandom;
              int first = round * config.stepsPerRound();
              int end = Math.min(config.steps(), first + config.stepsPerRound());
              double loss = 0;
              for (int step = first; step < end; step++) {
                loss += step(draw(dialogues), rate.at(step));
                progress.report("language model step", step + 1, config.steps());
              }
              Measures heard = trainable.atAverages(() -> score(dev));
              progress.say(
                  "language model step %d: loss %.3f, dev clip by clip %s",
                  end, loss / (end - first), heard);
              return heard.negativeLogLikelihood();
            });
    return weights;
  }

  private List<TrainingSequence> draw(DialogueSampler dialogues) {
    List<TrainingSequence> sequences = new ArrayList<>();
    for (int i = 0; i < config.sequencesPerStep(); i++) {
      int length = config.tokensPerSequence();
      sequences.add(
          TrainingSequence.of(dialogues.draw(2 * length, random), vocabulary, length, random));
    }
    return sequences;
  }

  private float step(List<TrainingSequence> sequences, float learningRate) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray ids = scope.create(noisy(sequences), new Shape(sequences.size(), time(sequences)));
      NDArray loss =
          new Backward()
              .of(
                  () -> {
                    NDArray stream = learning.forward(ids, Adapter.NONE);
                    return nextTokenLoss(stream, sequences)
                        .add(emotionLoss(stream, sequences))
                        .add(listeningLoss(stream, sequences))
                        .mul(half);
                  });
      trainable.update(learningRate, config.weightDecay(), LARGEST_NORM);
      return loss.getFloat();
    }
  }

  private static int time(List<TrainingSequence> sequences) {
    return sequences.stream().mapToInt(sequence -> sequence.ids().length).max().orElseThrow();
  }

  /** The ids with some replaced by others of the codebook, padded. */
  private long[] noisy(List<TrainingSequence> sequences) {
    int time = time(sequences);
    long[] ids = new long[sequences.size() * time];
    Arrays.fill(ids, vocabulary.pad());
    for (int row = 0; row < sequences.size(); row++) {
      int[] sequence = sequences.get(row).ids();
      for (int i = 0; i < sequence.length; i++) {
        boolean replaced =
            sequence[i] < vocabulary.audioTokens() && random.nextFloat() < config.noise();
        ids[row * time + i] = replaced ? random.nextInt(vocabulary.audioTokens()) : sequence[i];
      }
    }
    return ids;
  }

  /** L_a: mean cross entropy of every token but the first, given those before it. */
  private NDArray nextTokenLoss(NDArray stream, List<TrainingSequence> sequences) {
    int time = time(sequences);
    List<Long> places = new ArrayList<>();
    List<Long> targets = new ArrayList<>();
    for (int row = 0; row < sequences.size(); row++) {
      int[] ids = sequences.get(row).ids();
      for (int i = 0; i + 1 < ids.length; i++) {
        places.add((long) row * time + i);
        targets.add((long) ids[i + 1]);
      }
    }
    NDManager scope = stream.getManager();
    NDArray logits = judging.logits(judging.at(stream, scope.create(longs(places))));
    NDArray chosen = logits.logSoftmax(-1).gather(scope.create(longs(targets)).expandDims(1), 1);
    return chosen.mean().neg();
  }

  /** L_e: mean cross entropy of the labels at the utterances' ends. */
  private NDArray emotionLoss(NDArray stream, List<TrainingSequence> sequences) {
    return labelLoss(
        stream, Places.of(sequences, TrainingSequence::atEnds), labelRows(stream.getManager()));
  }

  /**
   * The same within the utterances, by rows that are thrown away after training. The ends alone are
   * one place in seventy: who must tell early what is felt learns sooner what tells it.
   */
  private NDArray listeningLoss(NDArray stream, List<TrainingSequence> sequences) {
    int width = config.model().width();
    NDArray rows = trainable.get("listening.weight", new Shape(config.labels(), width), width);
    return labelLoss(stream, Places.of(sequences, TrainingSequence::withinUtterances), rows);
  }

  /** Mean cross entropy of what is wanted; 0 where nothing is asked. */
  private NDArray labelLoss(NDArray stream, Places places, NDArray rows) {
    NDManager scope = stream.getManager();
    int count = places.wanted().size();
    if (count == 0) {
      return scope.zeros(new Shape());
    }
    NDArray logits = judging.logits(judging.at(stream, scope.create(places.flat())), rows);
    int classes = config.labels();
    float[] shares = new float[count * classes];
    for (int row = 0; row < count; row++) {
      for (int label = 0; label < classes; label++) {
        shares[row * classes + label] = places.wanted().get(row)[label] / count;
      }
    }
    NDArray wanted = scope.create(shares, new Shape(count, classes)).duplicate();
    return logits.logSoftmax(-1).mul(wanted).sum().neg();
  }

  /** Where a batch of sequences is asked, and what shall be said there. */
  private record Places(long[] flat, List<float[]> wanted) {

    /**
     * @param of what each sequence is asked
     */
    static Places of(
        List<TrainingSequence> sequences,
        Function<TrainingSequence, List<TrainingSequence.Question>> of) {
      int time = time(sequences);
      List<Long> flat = new ArrayList<>();
      List<float[]> wanted = new ArrayList<>();
      for (int row = 0; row < sequences.size(); row++) {
        for (TrainingSequence.Question question : of.apply(sequences.get(row))) {
          flat.add((long) row * time + question.position());
          wanted.add(question.take().wanted());
        }
      }
      return new Places(longs(flat), wanted);
    }
  }

  /**
   * The head's rows of the emotion tokens, and rows that are thrown away after training for those
   * labels that are none of the model's classes: who learns to tell more learns more. (labels,
   * width)
   */
  private NDArray labelRows(NDManager scope) {
    NDArray emotions = judging.headRows(emotionIds(scope));
    int others = config.labels() - Emotion.values().length;
    if (others == 0) {
      return emotions;
    }
    int width = config.model().width();
    NDArray rest = trainable.get("other_labels.weight", new Shape(others, width), width);
    return emotions.concat(rest, 0);
  }

  private NDArray emotionIds(NDManager scope) {
    return scope.create(vocabulary.emotions().stream().mapToLong(Integer::longValue).toArray());
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  /** Clip by clip, without any context. */
  private Measures score(List<TokenizedClip> clips) {
    Measures heard = new Measures();
    try (NDManager kept = manager.newSubManager()) {
      EmotionReader reader = new EmotionReader(judging, vocabulary, kept);
      for (TokenizedClip clip : clips) {
        int[] utterance = vocabulary.utterance(clip.takes().get(0).codes());
        try (NDManager step = kept.newSubManager()) {
          float[][] said =
              reader.probabilities(List.of(vocabulary.begun(utterance)), Adapter.NONE, step);
          clip.emotion().ifPresent(meant -> heard.add(meant, new EmotionEstimate(said[0])));
        }
      }
    }
    return heard;
  }
}

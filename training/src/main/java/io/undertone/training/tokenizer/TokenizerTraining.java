package io.undertone.training.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.Dropout;
import io.undertone.model.Emotion;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.features.FeatureBatch;
import io.undertone.model.torch.features.FrameFeatures;
import io.undertone.model.torch.features.StackedFeatures;
import io.undertone.model.torch.tokenizer.ClassifierConfig;
import io.undertone.model.torch.tokenizer.EncoderConfig;
import io.undertone.model.torch.tokenizer.FiniteScalarQuantizer;
import io.undertone.model.torch.tokenizer.Layers;
import io.undertone.model.torch.tokenizer.SpeechEncoder;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.evaluation.Measures;
import io.undertone.training.features.FeatureAugmentation;
import io.undertone.training.features.FeatureStore;
import io.undertone.training.features.VirtualVoice;
import io.undertone.training.optimization.OneCycle;
import io.undertone.training.optimization.Rounds;
import io.undertone.training.optimization.TrainableWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Teaches the encoder: {@code loss = L1(features, reconstruction) + weight · cross
 * entropy(emotion)}, both from the quantized values alone, so that the tokens keep what was said
 * and how.
 */
public final class TokenizerTraining {

  private static final int BATCH = 32;
  private static final float LABEL_SMOOTHING = 0.1f;
  private static final float LARGEST_NORM = 1;
  private static final int CLASSIFIER_GRU_WIDTH = 96;

  private final TokenizerTrainingConfig config;
  private final FeatureStore store;
  private final List<String> labels;
  private Random random;
  private final NDManager manager;
  private final TrainableWeights weights;
  private final SpeechEncoder encoder;
  private final FiniteScalarQuantizer quantizer;
  private final ClassifierConfig classifier;
  private final TokenizerHeads heads;
  private final NDArray emotionWeight;

  TokenizerTraining(
      NDManager manager, TokenizerTrainingConfig config, FeatureStore store, List<String> labels) {
    this.config = config;
    this.store = store;
    this.labels = labels;
    this.random = new Random(config.seed());
    this.manager = manager;
    this.weights = new TrainableWeights(manager, random);
    EncoderConfig shape = config.encoder();
    this.encoder = new SpeechEncoder(new Layers(weights), shape);
    this.quantizer = new FiniteScalarQuantizer(manager, shape.levels());
    this.classifier =
        new ClassifierConfig(shape.levels(), shape.width(), CLASSIFIER_GRU_WIDTH, labels);
    this.heads = new TokenizerHeads(weights, manager, shape, classifier);
    this.emotionWeight = manager.create(config.emotionWeight());
  }

  /**
   * Runs the epochs that are left and leaves the best weights.
   *
   * @param work where the rounds are kept
   */
  void run(List<Clip> train, List<Clip> dev, Path work, ProgressLog progress) {
    int epochSteps = (train.size() + BATCH - 1) / BATCH;
    int steps = config.epochs() * epochSteps;
    OneCycle rate = new OneCycle(config.learningRate(), steps);
    new Rounds(weights, work, "tokenizer", config.epochs(), config.seed(), progress)
        .run(
            (epoch, ownRandom) -> {
              random = ownRandom;
              double loss = 0;
              int step = epoch * epochSteps;
              for (List<Clip> batch : batches(train)) {
                loss += step(batch, rate.at(step));
                step++;
                progress.report("tokenizer step", step, steps);
              }
              Measures heard = weights.atAverages(() -> score(dev));
              progress.say(
                  "tokenizer epoch %d of %d: loss %.3f, dev %s",
                  epoch + 1, config.epochs(), loss / epochSteps, heard);
              return heard.negativeLogLikelihood();
            });
  }

  /** Clips of similar length together, batches in any order. */
  private List<List<Clip>> batches(List<Clip> clips) {
    record Keyed(Clip clip, double key) {}
    List<Clip> sorted =
        clips.stream()
            .map(clip -> new Keyed(clip, store.get(clip.path()).frames() + random.nextInt(80)))
            .sorted(Comparator.comparingDouble(Keyed::key))
            .map(Keyed::clip)
            .toList();
    List<List<Clip>> batches = new ArrayList<>();
    for (int from = 0; from < sorted.size(); from += BATCH) {
      batches.add(sorted.subList(from, Math.min(sorted.size(), from + BATCH)));
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  private float step(List<Clip> clips, float learningRate) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray loss = new Backward().of(() -> loss(clips, scope));
      weights.update(learningRate, config.weightDecay(), LARGEST_NORM);
      return loss.getFloat();
    }
  }

  private NDArray loss(List<Clip> clips, NDManager scope) {
    FeatureBatch batch = FeatureBatch.of(scope, clips.stream().map(clip -> varied(clip)).toList());
    UnaryOperator<NDArray> dropout =
        x -> Dropout.dropout(x, config.dropout(), true).singletonOrThrow();
    NDArray bounded = quantizer.bounded(encoder.encode(batch.features(), batch.mask(), dropout));
    NDArray quantized = quantizer.quantized(bounded);
    NDArray reconstruction = heads.reconstruct(quantized, batch.mask());
    NDArray difference = reconstruction.sub(batch.features()).abs().mean(new int[] {1}, true);
    NDArray reconstructionLoss = difference.mul(batch.mask()).sum().div(batch.mask().sum());
    NDArray logits = heads.classify(quantized, batch.mask().squeeze(1), dropout);
    NDArray emotionLoss = logits.logSoftmax(1).mul(targets(scope, clips)).sum().neg();
    return reconstructionLoss.add(emotionLoss.mul(emotionWeight));
  }

  private StackedFeatures varied(Clip clip) {
    FrameFeatures said = store.any(clip.path(), random);
    return FeatureAugmentation.masked(
        FeatureAugmentation.vary(said, VirtualVoice.draw(random), random), random);
  }

  /** Smoothed one-hot rows, divided by the batch, so that a sum is a mean. (batch, labels). */
  private NDArray targets(NDManager scope, List<Clip> clips) {
    int width = labels.size();
    float[] targets = new float[clips.size() * width];
    for (int row = 0; row < clips.size(); row++) {
      int label = labels.indexOf(label(clips.get(row)));
      for (int column = 0; column < width; column++) {
        float target = LABEL_SMOOTHING / width + (column == label ? 1 - LABEL_SMOOTHING : 0);
        targets[row * width + column] = target / clips.size();
      }
    }
    return scope.create(targets, new Shape(clips.size(), width)).duplicate();
  }

  /** The model's emotions by their short names, all others by their full ones. */
  public static String label(Clip clip) {
    return clip.emotion().map(Emotion::shortName).orElse(clip.label());
  }

  private Measures score(List<Clip> clips) {
    Measures heard = new Measures();
    for (Clip clip : clips) {
      clip.emotion()
          .ifPresent(
              meant -> {
                try (NDManager scope = manager.newSubManager()) {
                  FeatureBatch batch = FeatureBatch.of(scope, List.of(features(clip)));
                  NDArray quantized = quantizer.quantized(bounded(batch));
                  NDArray logits =
                      heads.classify(quantized, batch.mask().squeeze(1), UnaryOperator.identity());
                  heard.add(meant, classifier.estimate(logits.toFloatArray()));
                }
              });
    }
    return heard;
  }

  private StackedFeatures features(Clip clip) {
    return StackedFeatures.of(store.get(clip.path()));
  }

  private NDArray bounded(FeatureBatch batch) {
    return quantizer.bounded(
        encoder.encode(batch.features(), batch.mask(), UnaryOperator.identity()));
  }

  /** The weights of the encoder alone. */
  Map<String, NDArray> encoderWeights() {
    return weights.select(name -> name.startsWith("encoder."));
  }

  /** Writes the classifier as {@link TokenClassifier#load} reads it. */
  void saveClassifier(Path directory) {
    TokenClassifier.save(
        directory, classifier, weights.select(name -> name.startsWith("classifier.")));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "tokenizer, %d parameters in training", weights.parameters());
  }
}

package io.undertone.training.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.Dropout;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.features.FeatureBatch;
import io.undertone.model.torch.features.StackedFeatures;
import io.undertone.model.torch.features.TokenFeatures;
import io.undertone.model.torch.tokenizer.ClassifierConfig;
import io.undertone.model.torch.tokenizer.EncoderConfig;
import io.undertone.model.torch.tokenizer.FiniteScalarQuantizer;
import io.undertone.model.torch.tokenizer.Layers;
import io.undertone.model.torch.tokenizer.SpeechEncoder;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.evaluation.Metrics;
import io.undertone.training.features.ClipFeatures;
import io.undertone.training.features.FeatureAugmentation;
import io.undertone.training.optimization.OneCycle;
import io.undertone.training.optimization.Rounds;
import io.undertone.training.optimization.TrainableWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Trains encoder and classifier: {@code loss = L1(features, reconstruction) + weight · cross
 * entropy(emotion)}. Both terms see the quantized values alone, so that the tokens keep content and
 * expression of the speech.
 */
public final class TokenizerTraining {

  private static final int BATCH = 32;
  private static final float LABEL_SMOOTHING = 0.1f;
  private static final float LARGEST_NORM = 1;
  private static final int CLASSIFIER_GRU_WIDTH = 96;

  private final TokenizerTrainingConfig config;
  private final ClipFeatures features;
  private final List<String> labels;
  private Random random;
  private final NDManager manager;
  private final TrainableWeights weights;
  private final SpeechEncoder encoder;
  private final FiniteScalarQuantizer quantizer;
  private final ClassifierConfig classifier;
  private final TokenizerHeads heads;
  private final NDArray emotionWeight;

  /**
   * @param labels the classes of the classifier
   */
  TokenizerTraining(
      NDManager manager,
      TokenizerTrainingConfig config,
      ClipFeatures features,
      List<String> labels) {
    this.config = config;
    this.features = features;
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
   * Runs the remaining epochs and keeps the best weights.
   *
   * @param work directory of the checkpoints
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
              Metrics metrics = weights.withAverages(() -> evaluate(dev));
              progress.say(
                  "tokenizer epoch %d of %d: loss %.3f, dev %s",
                  epoch + 1, config.epochs(), loss / epochSteps, metrics);
              return metrics.negativeLogLikelihood();
            });
  }

  /** Batches of clips of similar length, in random order. */
  private List<List<Clip>> batches(List<Clip> clips) {
    record Keyed(Clip clip, double key) {}
    List<Clip> sorted =
        clips.stream()
            .map(clip -> new Keyed(clip, features.recorded(clip).frames() + random.nextInt(80)))
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
    FeatureBatch batch = FeatureBatch.of(scope, clips.stream().map(this::augmented).toList());
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

  private TokenFeatures augmented(Clip clip) {
    return FeatureAugmentation.masked(features.augmented(clip, random), random);
  }

  /** Smoothed one-hot rows divided by the batch size, so that the sum is a mean. (batch, labels) */
  private NDArray targets(NDManager scope, List<Clip> clips) {
    int width = labels.size();
    float[] targets = new float[clips.size() * width];
    for (int row = 0; row < clips.size(); row++) {
      int label = labels.indexOf(clips.get(row).trainingLabel());
      for (int column = 0; column < width; column++) {
        float target = LABEL_SMOOTHING / width + (column == label ? 1 - LABEL_SMOOTHING : 0);
        targets[row * width + column] = target / clips.size();
      }
    }
    return scope.create(targets, new Shape(clips.size(), width)).duplicate();
  }

  private Metrics evaluate(List<Clip> clips) {
    Metrics metrics = new Metrics();
    for (Clip clip : clips) {
      clip.emotion()
          .ifPresent(
              label -> {
                try (NDManager scope = manager.newSubManager()) {
                  FeatureBatch batch =
                      FeatureBatch.of(scope, List.of(StackedFeatures.of(features.recorded(clip))));
                  NDArray quantized = quantizer.quantized(bounded(batch));
                  NDArray logits =
                      heads.classify(quantized, batch.mask().squeeze(1), UnaryOperator.identity());
                  metrics.add(label, classifier.estimate(logits.toFloatArray()));
                }
              });
    }
    return metrics;
  }

  private NDArray bounded(FeatureBatch batch) {
    return quantizer.bounded(
        encoder.encode(batch.features(), batch.mask(), UnaryOperator.identity()));
  }

  /** The encoder's weights by name. */
  Map<String, NDArray> encoderWeights() {
    return weights.select(name -> name.startsWith("encoder."));
  }

  /** Writes the classifier in the format of {@link TokenClassifier#load}. */
  void saveClassifier(Path directory) {
    TokenClassifier.save(
        directory, classifier, weights.select(name -> name.startsWith("classifier.")));
  }
}

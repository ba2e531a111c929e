package io.undertone.training.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.Dropout;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.device.Rows;
import io.undertone.model.torch.features.FeatureBatch;
import io.undertone.model.torch.features.TokenFeatures;
import io.undertone.model.torch.tokenizer.ClassifierConfig;
import io.undertone.model.torch.tokenizer.EncoderConfig;
import io.undertone.model.torch.tokenizer.FiniteScalarQuantizer;
import io.undertone.model.torch.tokenizer.Layers;
import io.undertone.model.torch.tokenizer.SpeechEncoder;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.evaluation.ConfusionMatrix;
import io.undertone.training.evaluation.Metrics;
import io.undertone.training.features.ClipVersion;
import io.undertone.training.features.FeatureAugmentation;
import io.undertone.training.features.FeatureStore;
import io.undertone.training.optimization.OneCycle;
import io.undertone.training.optimization.Rounds;
import io.undertone.training.optimization.TrainableWeights;
import io.undertone.training.sampling.ClipSampler;
import io.undertone.training.sampling.DrawnClip;
import io.undertone.training.sampling.LabelTargets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Trains encoder and classifier: {@code loss = cross entropy(emotion) + weight · L1(features,
 * reconstruction)}. Both terms see the quantized values alone, so that the tokens keep content and
 * expression of the speech.
 */
public final class TokenizerTraining {

  private static final int BATCH = 32;
  private static final float LARGEST_NORM = 1;

  /**
   * Steps in which the learning rate rises at least. With a tenth of 560 or of 350 steps, the
   * tokens stayed the same whatever was said, and the classifier at chance.
   */
  private static final int LEAST_RISE = 170;

  private static final int CLASSIFIER_GRU_WIDTH = 96;
  private static final String CLASSIFIER = "classifier.";
  private static final String OUTPUT_BIAS = CLASSIFIER + "out.bias";

  private final TokenizerTrainingConfig config;
  private final FeatureStore features;
  private final LabelTargets targets;
  private Random random;
  private final NDManager manager;
  private final TrainableWeights weights;
  private final SpeechEncoder encoder;
  private final FiniteScalarQuantizer quantizer;
  private final ClassifierConfig classifier;
  private final TokenizerHeads heads;
  private final NDArray reconstructionWeight;

  /**
   * @param targets of the classifier
   */
  TokenizerTraining(
      NDManager manager,
      TokenizerTrainingConfig config,
      FeatureStore features,
      LabelTargets targets) {
    this.config = config;
    this.features = features;
    this.targets = targets;
    this.random = new Random(config.seed());
    this.manager = manager;
    this.weights = new TrainableWeights(manager, random);
    EncoderConfig shape = config.encoder();
    this.encoder = new SpeechEncoder(new Layers(weights), shape);
    this.quantizer = new FiniteScalarQuantizer(manager, shape.levels());
    this.classifier =
        new ClassifierConfig(shape.levels(), shape.width(), CLASSIFIER_GRU_WIDTH, targets.labels());
    this.heads = new TokenizerHeads(weights, manager, shape, classifier);
    this.reconstructionWeight = manager.create(config.reconstructionWeight());
  }

  /**
   * Runs the remaining epochs and keeps the best weights. Warns if they learned nothing.
   *
   * @param work directory of the checkpoints
   */
  void run(List<Clip> train, List<Clip> dev, Path work, ProgressLog progress) {
    int epochSteps = (train.size() + BATCH - 1) / BATCH;
    int steps = config.epochs() * epochSteps;
    OneCycle rate = OneCycle.rising(config.learningRate(), steps, LEAST_RISE);
    ClipSampler sampler = new ClipSampler(train);
    new Rounds(weights, work, "tokenizer", config.epochs(), config.seed(), progress)
        .run(
            (epoch, ownRandom) -> {
              random = ownRandom;
              double loss = 0;
              int step = epoch * epochSteps;
              for (List<DrawnClip> batch :
                  sampler.batches(epochSteps, BATCH, this::length, random)) {
                loss += step(batch, rate.at(step));
                step++;
                progress.report("tokenizer step", step, steps);
              }
              Metrics recorded = weights.withAverages(() -> evaluate(dev, ClipVersion.RECORDED));
              Metrics received = weights.withAverages(() -> evaluate(dev, ClipVersion.TELEPHONE));
              progress.say(
                  "tokenizer epoch %d of %d: loss %.3f, dev %s; over the telephone %s",
                  epoch + 1, config.epochs(), loss / epochSteps, recorded, received);
              return (recorded.negativeLogLikelihood() + received.negativeLogLikelihood()) / 2;
            });
    ConfusionMatrix learned = evaluate(train, ClipVersion.RECORDED).confusion();
    if (learned.labelledClasses() > 1 && learned.estimatedClasses() == 1) {
      progress.say(
          "WARNING: the token network estimates the same emotion for all %d training clips, so its"
              + " tokens say nothing of emotions; try another --seed, more clips or more"
              + " --tokenizer-epochs",
          learned.utterances());
    }
  }

  private int length(DrawnClip drawn) {
    return features.time(drawn.clip(), drawn.version());
  }

  private float step(List<DrawnClip> clips, float learningRate) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray loss = new Backward().of(() -> loss(clips, scope));
      weights.update(learningRate, config.weightDecay(), LARGEST_NORM);
      return loss.getFloat();
    }
  }

  private NDArray loss(List<DrawnClip> clips, NDManager scope) {
    FeatureBatch batch = FeatureBatch.of(scope, clips.stream().map(this::augmented).toList());
    UnaryOperator<NDArray> dropout =
        x -> Dropout.dropout(x, config.dropout(), true).singletonOrThrow();
    NDArray seen = dropout.apply(batch.features());
    NDArray bounded = quantizer.bounded(encoder.encode(seen, batch.mask(), dropout));
    NDArray quantized = quantizer.quantized(bounded);
    NDArray reconstruction = heads.reconstruct(quantized, batch.mask());
    NDArray difference = reconstruction.sub(batch.features()).abs().mean(new int[] {1}, true);
    NDArray reconstructionLoss = difference.mul(batch.mask()).sum().div(batch.mask().sum());
    NDArray logits = heads.classify(quantized, batch.mask().squeeze(1), dropout);
    NDArray emotionLoss = logits.logSoftmax(1).mul(targets(scope, clips)).sum().neg();
    return emotionLoss.add(reconstructionLoss.mul(reconstructionWeight));
  }

  private TokenFeatures augmented(DrawnClip drawn) {
    return FeatureAugmentation.of(features.rows(drawn.clip(), drawn.version()), random);
  }

  /** Target rows divided by the batch size, so that the sum is a mean. (batch, labels) */
  private NDArray targets(NDManager scope, List<DrawnClip> clips) {
    int width = targets.labels().size();
    float[] rows = new float[clips.size() * width];
    for (int row = 0; row < clips.size(); row++) {
      float[] target = targets.of(clips.get(row).clip());
      for (int column = 0; column < width; column++) {
        rows[row * width + column] = target[column] / clips.size();
      }
    }
    return scope.create(rows, new Shape(clips.size(), width)).duplicate();
  }

  /** Evaluates the clips that are labelled with an emotion, in batches of similar length. */
  private Metrics evaluate(List<Clip> clips, ClipVersion version) {
    List<Clip> sorted =
        clips.stream()
            .filter(clip -> clip.emotion().isPresent())
            .sorted(Comparator.comparingInt(clip -> features.time(clip, version)))
            .toList();
    Metrics metrics = new Metrics();
    for (int from = 0; from < sorted.size(); from += BATCH) {
      evaluate(sorted.subList(from, Math.min(sorted.size(), from + BATCH)), version, metrics);
    }
    return metrics;
  }

  private void evaluate(List<Clip> clips, ClipVersion version, Metrics metrics) {
    try (NDManager scope = manager.newSubManager()) {
      FeatureBatch batch =
          FeatureBatch.of(scope, clips.stream().map(clip -> features.rows(clip, version)).toList());
      NDArray bounded =
          quantizer.bounded(
              encoder.encode(batch.features(), batch.mask(), UnaryOperator.identity()));
      float[][] logits =
          Rows.of(
              heads.classify(
                  quantizer.quantized(bounded), batch.mask().squeeze(1), UnaryOperator.identity()));
      for (int row = 0; row < logits.length; row++) {
        metrics.add(clips.get(row).emotion().orElseThrow(), classifier.estimate(logits[row]));
      }
    }
  }

  /** The encoder's weights by name. */
  Map<String, NDArray> encoderWeights() {
    return weights.select(name -> name.startsWith("encoder."));
  }

  /**
   * Writes the classifier in the format of {@link TokenClassifier#load}, for equally probable
   * labels.
   *
   * @param train the clips that it learned from
   */
  void saveClassifier(List<Clip> train, Path directory) {
    Map<String, NDArray> saved =
        new LinkedHashMap<>(weights.select(name -> name.startsWith(CLASSIFIER)));
    try (NDManager scope = manager.newSubManager()) {
      NDArray bias = saved.get(OUTPUT_BIAS);
      if (bias == null) {
        throw new IllegalStateException(
            "the classifier must have a weight %s, but has %s"
                .formatted(OUTPUT_BIAS, saved.keySet()));
      }
      saved.put(OUTPUT_BIAS, bias.sub(scope.create(targets.logPrior(train))));
      TokenClassifier.save(directory, classifier, saved);
    }
  }
}

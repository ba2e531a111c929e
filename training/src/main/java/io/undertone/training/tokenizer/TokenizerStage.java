package io.undertone.training.tokenizer;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.tokenizer.FsqSpeechTokenizer;
import io.undertone.model.torch.tokenizer.TokenizerConfig;
import io.undertone.model.torch.tokenizer.UtteranceHead;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.evaluation.Metrics;
import io.undertone.training.features.ClipVersion;
import io.undertone.training.features.FeatureStore;
import io.undertone.training.head.UtteranceHeadTraining;
import io.undertone.training.sampling.LabelTargets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The tokenizer stage: trains token networks with their classifiers and utterance heads, each into
 * a directory of its own.
 *
 * @param targets of the classifiers
 * @param config of the tokenizers
 * @param statisticsWidth number of an utterance's statistics
 */
public record TokenizerStage(
    NDManager manager,
    FeatureStore features,
    LabelTargets targets,
    TokenizerConfig config,
    int statisticsWidth,
    long seed,
    ProgressLog progress) {

  private static final float LEARNING_RATE = 1.5e-3f;
  private static final float WEIGHT_DECAY = 0.02f;
  private static final float RECONSTRUCTION_WEIGHT = 0.5f;
  private static final float DROPOUT = 0.3f;

  /**
   * Trains a tokenizer, or resumes, or loads it if it is already there.
   *
   * @param epochs passes over the training clips
   * @param work directory of the checkpoints and the result
   */
  public TrainedTokenizer run(List<Clip> train, List<Clip> dev, int epochs, Path work) {
    boolean complete = UtteranceHead.isIn(work);
    if (!TrainedTokenizer.networkIsIn(work)) {
      create(work);
      trainNetwork(train, dev, epochs, work);
    }
    if (!complete) {
      new UtteranceHeadTraining(manager, features, targets).run(train, work);
    }
    TrainedTokenizer trained = TrainedTokenizer.load(work, statisticsWidth, manager);
    if (!complete) {
      progress.say(
          "with utterance head: dev %s; over the telephone %s",
          evaluate(trained, dev, ClipVersion.RECORDED),
          evaluate(trained, dev, ClipVersion.TELEPHONE));
    }
    return trained;
  }

  private void trainNetwork(List<Clip> train, List<Clip> dev, int epochs, Path work) {
    TokenizerTraining training =
        new TokenizerTraining(
            manager,
            new TokenizerTrainingConfig(
                config.network(),
                epochs,
                LEARNING_RATE,
                WEIGHT_DECAY,
                RECONSTRUCTION_WEIGHT,
                DROPOUT,
                seed),
            features,
            targets);
    training.run(train, dev, work, progress);
    training.saveClassifier(train, work);
    FsqSpeechTokenizer.save(work, config, training.encoderWeights());
  }

  private Metrics evaluate(TrainedTokenizer trained, List<Clip> clips, ClipVersion version) {
    Metrics metrics = new Metrics();
    for (Clip clip : clips) {
      clip.emotion()
          .ifPresent(
              label -> metrics.add(label, trained.estimate(features.features(clip, version))));
    }
    return metrics;
  }

  private static void create(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

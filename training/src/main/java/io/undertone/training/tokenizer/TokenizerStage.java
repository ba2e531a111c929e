package io.undertone.training.tokenizer;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.tokenizer.EncoderConfig;
import io.undertone.model.torch.tokenizer.FsqSpeechTokenizer;
import io.undertone.model.torch.tokenizer.TokenizerConfig;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.features.ClipFeatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The tokenizer stage: trains tokenizers, each into a directory of its own.
 *
 * @param labels the classes of the classifier
 */
public record TokenizerStage(
    NDManager manager,
    ClipFeatures features,
    List<String> labels,
    long seed,
    ProgressLog progress) {

  private static final float LEARNING_RATE = 2e-3f;
  private static final float WEIGHT_DECAY = 0.01f;
  private static final float EMOTION_WEIGHT = 1;
  private static final float DROPOUT = 0.15f;

  /**
   * Trains a tokenizer, or resumes, or loads it if it is already there.
   *
   * @param epochs passes over the training clips
   * @param work directory of the checkpoints and the result
   */
  public TrainedTokenizer run(List<Clip> train, List<Clip> dev, int epochs, Path work) {
    if (!TrainedTokenizer.isIn(work)) {
      create(work);
      TokenizerTraining training =
          new TokenizerTraining(
              manager,
              new TokenizerTrainingConfig(
                  EncoderConfig.DEFAULT,
                  epochs,
                  LEARNING_RATE,
                  WEIGHT_DECAY,
                  EMOTION_WEIGHT,
                  DROPOUT,
                  seed),
              features,
              labels);
      training.run(train, dev, work, progress);
      training.saveClassifier(work);
      FsqSpeechTokenizer.save(
          work, TokenizerConfig.acoustic(EncoderConfig.DEFAULT), training.encoderWeights());
    }
    return TrainedTokenizer.load(work, manager);
  }

  private static void create(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

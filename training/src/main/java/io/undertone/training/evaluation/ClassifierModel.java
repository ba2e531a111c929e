package io.undertone.training.evaluation;

import ai.djl.ndarray.NDManager;
import io.undertone.audio.Pcm;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.EmotionPrior;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.tokenizer.SpeechTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokenizerLoader;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import java.nio.file.Path;
import java.util.Optional;

/** A model's tokenizer followed by its {@link TokenClassifier}: a baseline for the model. */
public final class ClassifierModel implements AutoCloseable {

  private final TorchDevice device;
  private final NDManager manager;
  private final SpeechTokenizer tokenizer;
  private final TokenClassifier classifier;
  private final EmotionPrior prior;

  private ClassifierModel(
      TorchDevice device,
      NDManager manager,
      SpeechTokenizer tokenizer,
      TokenClassifier classifier,
      EmotionPrior prior) {
    this.device = device;
    this.manager = manager;
    this.tokenizer = tokenizer;
    this.classifier = classifier;
    this.prior = prior;
  }

  /**
   * Loads a model's directory on the CPU.
   *
   * @param prior of the estimates
   * @return empty if the model has no classifier
   * @throws io.undertone.model.torch.files.ModelFileException if a file is missing or invalid
   */
  public static Optional<ClassifierModel> open(
      Path directory, SpeechTokenizerLoader loader, EmotionPrior prior) {
    if (!TokenClassifier.isIn(directory)) {
      return Optional.empty();
    }
    TorchDevice device = TorchDevice.openCpu();
    try {
      return device.call(() -> load(directory, loader, prior, device));
    } catch (RuntimeException e) {
      device.close();
      throw e;
    }
  }

  private static Optional<ClassifierModel> load(
      Path directory, SpeechTokenizerLoader loader, EmotionPrior prior, TorchDevice device) {
    NDManager manager = device.newManager();
    try {
      SpeechTokenizer tokenizer = loader.load(directory, manager);
      return TokenClassifier.load(directory, tokenizer.codebookSize(), manager)
          .map(classifier -> new ClassifierModel(device, manager, tokenizer, classifier, prior));
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * Estimates the emotion of an utterance.
   *
   * @param utterance at the tokenizer's sample rate, at least a token long
   */
  public EmotionEstimate estimate(Pcm utterance) {
    return prior.apply(device.call(() -> classifier.estimate(tokenizer.encode(utterance).ids())));
  }

  @Override
  public void close() {
    device.run(
        () -> {
          classifier.close();
          tokenizer.close();
          manager.close();
        });
    device.close();
  }
}

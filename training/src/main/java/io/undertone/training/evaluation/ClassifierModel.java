package io.undertone.training.evaluation;

import ai.djl.ndarray.NDManager;
import io.undertone.audio.Pcm;
import io.undertone.model.EmotionEstimate;
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

  private ClassifierModel(
      TorchDevice device,
      NDManager manager,
      SpeechTokenizer tokenizer,
      TokenClassifier classifier) {
    this.device = device;
    this.manager = manager;
    this.tokenizer = tokenizer;
    this.classifier = classifier;
  }

  /**
   * Loads a model's directory on the CPU.
   *
   * @return empty if the model has no classifier
   * @throws io.undertone.model.torch.files.ModelFileException if a file is missing or invalid
   */
  public static Optional<ClassifierModel> open(Path directory, SpeechTokenizerLoader loader) {
    if (!TokenClassifier.isIn(directory)) {
      return Optional.empty();
    }
    TorchDevice device = TorchDevice.openCpu();
    try {
      return device.call(() -> load(directory, loader, device));
    } catch (RuntimeException e) {
      device.close();
      throw e;
    }
  }

  private static Optional<ClassifierModel> load(
      Path directory, SpeechTokenizerLoader loader, TorchDevice device) {
    NDManager manager = device.newManager();
    try {
      SpeechTokenizer tokenizer = loader.load(directory, manager);
      return TokenClassifier.load(directory, tokenizer.codebookSize(), manager)
          .map(classifier -> new ClassifierModel(device, manager, tokenizer, classifier));
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
    return device.call(() -> classifier.estimate(tokenizer.encode(utterance).ids()));
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

package io.undertone.model.torch;

import io.undertone.model.EmotionPrior;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.model.torch.tokenizer.FsqSpeechTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokenizerLoader;
import java.nio.file.Path;

/**
 * Opens the model of a directory. All users of a directory and prior in one JVM share one copy,
 * which closes with its last handle.
 *
 * @param modelDirectory readable on the machine that opens the model
 * @param tokenizerLoader reads the directory's speech tokenizer
 * @param prior of the calls
 */
public record TorchModelFactory(
    String modelDirectory, SpeechTokenizerLoader tokenizerLoader, EmotionPrior prior)
    implements EmotionModelFactory {

  /** With the tokenizer that this project trains. */
  public TorchModelFactory(String modelDirectory, EmotionPrior prior) {
    this(modelDirectory, FsqSpeechTokenizer::load, prior);
  }

  @Override
  public ModelHandle open() {
    return SharedModels.open(Path.of(modelDirectory), tokenizerLoader, prior);
  }
}

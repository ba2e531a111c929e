package io.undertone.model.torch;

import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.model.torch.tokenizer.FsqSpeechTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokenizerLoader;
import java.nio.file.Path;

/**
 * Opens the model of a directory. All users of a directory in one JVM share one copy, which closes
 * with its last handle.
 *
 * @param modelDirectory readable on the machine that opens the model
 * @param tokenizerLoader reads the directory's speech tokenizer
 */
public record TorchModelFactory(String modelDirectory, SpeechTokenizerLoader tokenizerLoader)
    implements EmotionModelFactory {

  /** With the tokenizer that this project trains. */
  public TorchModelFactory(String modelDirectory) {
    this(modelDirectory, FsqSpeechTokenizer::load);
  }

  @Override
  public ModelHandle open() {
    return SharedModels.open(Path.of(modelDirectory), tokenizerLoader);
  }
}

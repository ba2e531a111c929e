package io.undertone.model.torch;

import io.undertone.model.EmotionModel;
import io.undertone.model.EmotionModelFactory;
import io.undertone.model.torch.tokenizer.FsqSpeechTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokenizerLoader;
import java.nio.file.Path;

/**
 * Opens the model of a directory where the work is done. All users of a directory in one JVM share
 * one copy, which is given up when the last has closed his.
 *
 * @param modelDirectory must be readable on the machine that opens the model
 * @param tokenizerLoader reads the directory's speech tokenizer
 */
public record TorchModelFactory(String modelDirectory, SpeechTokenizerLoader tokenizerLoader)
    implements EmotionModelFactory {

  /** With the tokenizer that this project trains. */
  public TorchModelFactory(String modelDirectory) {
    this(modelDirectory, FsqSpeechTokenizer::load);
  }

  @Override
  public EmotionModel open() {
    return SharedModels.open(Path.of(modelDirectory), tokenizerLoader);
  }
}

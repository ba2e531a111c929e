package io.undertone.model.torch;

import io.undertone.model.EmotionPrior;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import io.undertone.model.torch.tokenizer.SpeechTokenizerLoader;
import java.nio.file.Path;

/**
 * Opens the model of a directory. All users of a directory, prior, arithmetic and device in one JVM
 * share one copy, which closes with its last handle.
 *
 * @param modelDirectory readable on the machine that opens the model
 * @param tokenizerLoader reads the directory's speech tokenizer
 * @param prior of the calls
 * @param device of the machine that opens the model
 */
public record TorchModelFactory(
    String modelDirectory,
    SpeechTokenizerLoader tokenizerLoader,
    EmotionPrior prior,
    DeviceChoice device)
    implements EmotionModelFactory {

  /** With the directory's tokenizer, on the processor; a pretrained encoder computes in float32. */
  public TorchModelFactory(String modelDirectory, EmotionPrior prior) {
    this(modelDirectory, prior, ArithmeticChoice.FLOAT32, DeviceChoice.CPU);
  }

  /**
   * With the directory's tokenizer.
   *
   * @param arithmetic of its pretrained encoder, if it has one
   */
  public TorchModelFactory(
      String modelDirectory, EmotionPrior prior, ArithmeticChoice arithmetic, DeviceChoice device) {
    this(modelDirectory, new SpeechTokenizers(arithmetic), prior, device);
  }

  @Override
  public ModelHandle open() {
    return SharedModels.open(Path.of(modelDirectory), tokenizerLoader, prior, device);
  }
}

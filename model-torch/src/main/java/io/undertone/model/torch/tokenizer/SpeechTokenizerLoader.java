package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import java.io.Serializable;
import java.nio.file.Path;

/** Reads the speech tokenizer of a model directory; a job graph may carry it. */
@FunctionalInterface
public interface SpeechTokenizerLoader extends Serializable {

  /**
   * Loads the tokenizer, on the owner thread of the device.
   *
   * @param parent the tokenizer's arrays live on its device, until either is closed
   */
  SpeechTokenizer load(Path modelDirectory, NDManager parent);

  /**
   * Arithmetic of the tokenizer's pretrained encoder, if it has one. Unless it is FLOAT32, a
   * decoder whose files have bfloat16 weights keeps them so.
   */
  default ArithmeticChoice arithmetic() {
    return ArithmeticChoice.FLOAT32;
  }
}

package io.undertone.cli.model;

import io.undertone.model.EmotionPrior;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import java.nio.file.Path;

/** Creates factories of models from their folders. */
@FunctionalInterface
public interface ModelSource {

  /**
   * A factory of the model in a folder; reads nothing yet.
   *
   * @param prior of the calls
   * @param arithmetic of the model's pretrained encoder, if it has one
   * @param device that computes
   */
  EmotionModelFactory at(
      Path modelDir, EmotionPrior prior, ArithmeticChoice arithmetic, DeviceChoice device);
}

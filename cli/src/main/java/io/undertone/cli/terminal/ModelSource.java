package io.undertone.cli.terminal;

import io.undertone.model.EmotionPrior;
import io.undertone.model.recognizer.EmotionModelFactory;
import java.nio.file.Path;

/** Creates factories of models from their folders. */
@FunctionalInterface
public interface ModelSource {

  /**
   * A factory of the model in a folder; reads nothing yet.
   *
   * @param prior of the calls
   */
  EmotionModelFactory at(Path modelDir, EmotionPrior prior);
}

package io.undertone.cli.terminal;

import io.undertone.model.EmotionModelFactory;
import java.nio.file.Path;

/** Makes models of what lies in folders. */
@FunctionalInterface
public interface ModelSource {

  /** A factory of the model in a folder; nothing is read yet. */
  EmotionModelFactory at(Path modelDir);
}

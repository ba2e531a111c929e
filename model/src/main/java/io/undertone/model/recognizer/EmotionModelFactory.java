package io.undertone.model.recognizer;

import java.io.Serializable;

/** Opens a model on the machine that uses it. A job graph carries the factory, not the model. */
@FunctionalInterface
public interface EmotionModelFactory extends Serializable {

  /** Opens the model, or shares one that is open in this JVM. Close each handle once. */
  ModelHandle open();
}

package io.undertone.model;

import java.io.Serializable;

/** Opens a model where the work is done: a job graph carries this, never the model. */
@FunctionalInterface
public interface EmotionModelFactory extends Serializable {

  /** Opens the model, or shares one that is open in this JVM; each result is closed once. */
  EmotionModel open();
}

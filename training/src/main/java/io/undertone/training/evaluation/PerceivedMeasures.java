package io.undertone.training.evaluation;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;

/**
 * Clips in which most listeners heard one of the model's emotions, which need not be what was
 * meant.
 */
public final class PerceivedMeasures {

  private final Measures model = new Measures();
  private final Measures modelOfMeant = new Measures();
  private final Scores listeners = new Scores();

  void add(Emotion meant, Emotion perceived, EmotionEstimate said) {
    model.add(perceived, said);
    modelOfMeant.add(meant, said);
    listeners.add(meant, perceived);
  }

  /** The model, against what most listeners heard. */
  public Measures model() {
    return model;
  }

  /** The model on the same clips, against what was meant. */
  public Measures modelOfMeant() {
    return modelOfMeant;
  }

  /** What most listeners heard in the same clips, against what was meant: a human reference. */
  public Scores listeners() {
    return listeners;
  }
}

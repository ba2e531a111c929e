package io.undertone.training.evaluation;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;

/** Metrics on the clips whose listeners' majority is one of the model's emotions. */
public final class PerceivedMetrics {

  private final Metrics model = new Metrics();
  private final Metrics modelOfLabels = new Metrics();
  private final ConfusionMatrix listeners = new ConfusionMatrix();

  void add(Emotion label, Emotion majority, EmotionEstimate estimate) {
    model.add(majority, estimate);
    modelOfLabels.add(label, estimate);
    listeners.add(label, majority);
  }

  /** The model against the listeners' majority. */
  public Metrics model() {
    return model;
  }

  /** The model on the same clips against the labels. */
  public Metrics modelOfLabels() {
    return modelOfLabels;
  }

  /** The listeners' majority on the same clips against the labels: a human reference. */
  public ConfusionMatrix listeners() {
    return listeners;
  }
}

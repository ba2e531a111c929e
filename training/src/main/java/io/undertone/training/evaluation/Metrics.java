package io.undertone.training.evaluation;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import java.util.Locale;

/** Metrics of estimates against labels. */
public final class Metrics {

  /** Floor of a probability, so that no utterance makes the mean infinite. */
  private static final double LEAST_PROBABILITY = 1e-9;

  private final ConfusionMatrix confusion = new ConfusionMatrix();
  private final Calibration calibration = new Calibration();
  private double logLikelihood;

  /** Counts an utterance. */
  public void add(Emotion label, EmotionEstimate estimate) {
    confusion.add(label, estimate.emotion());
    calibration.add(estimate.probability(estimate.emotion()), estimate.emotion() == label);
    logLikelihood += Math.log(Math.max(LEAST_PROBABILITY, estimate.probability(label)));
  }

  public ConfusionMatrix confusion() {
    return confusion;
  }

  public Calibration calibration() {
    return calibration;
  }

  /** NLL: mean of the negative natural logarithm of the label's probability. */
  public double negativeLogLikelihood() {
    return -logLikelihood / confusion.utterances();
  }

  @Override
  public String toString() {
    if (confusion.utterances() == 0) {
      return "without clips";
    }
    return String.format(
        Locale.ROOT,
        "%s, NLL %.3f, ECE %.3f",
        confusion,
        negativeLogLikelihood(),
        calibration.expectedError());
  }
}

package io.undertone.training.evaluation;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import java.util.Locale;

/** All that is measured of estimates against what was meant. */
public final class Measures {

  /** A probability of 0 counts as this, so that one utterance cannot make the mean infinite. */
  private static final double LEAST_PROBABILITY = 1e-9;

  private final Scores scores = new Scores();
  private final Calibration calibration = new Calibration();
  private double logLikelihood;

  public void add(Emotion meant, EmotionEstimate said) {
    scores.add(meant, said.emotion());
    calibration.add(said.probability(said.emotion()), said.emotion() == meant);
    logLikelihood += Math.log(Math.max(LEAST_PROBABILITY, said.probability(meant)));
  }

  /** Accuracies and confusion. */
  public Scores scores() {
    return scores;
  }

  public Calibration calibration() {
    return calibration;
  }

  /** NLL: the mean of minus the natural logarithm of the probability of what was meant. */
  public double negativeLogLikelihood() {
    return -logLikelihood / scores.utterances();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, NLL %.3f, ECE %.3f",
        scores,
        negativeLogLikelihood(),
        calibration.expectedError());
  }
}

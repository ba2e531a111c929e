package io.undertone.evaluation.comparison;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.EmotionPrior;
import io.undertone.training.corpus.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Bayesian filter over a speaker's own previous estimates, the forward recursion of a hidden
 * Markov model (Rabiner, "A tutorial on hidden Markov models", 1989):
 *
 * <pre>
 * expected(e) = stay · belief(e) + (1 - stay) · prior(e)      prior(e) at a speaker's first turn
 * belief(e)   ∝ expected(e) · estimate(e) / prior(e)
 * </pre>
 *
 * @param stay the probability that a speaker's emotion stays; otherwise it is drawn anew from all
 * @param prior that the estimates were made under
 */
public record SpeakerFilter(double stay, EmotionPrior prior) {

  private static final int CLASSES = Emotion.values().length;

  public SpeakerFilter {
    if (!(stay >= 0 && stay < 1)) {
      throw new IllegalArgumentException("stay must be at least 0 and below 1, but is " + stay);
    }
  }

  /**
   * Filters a dialogue.
   *
   * @param estimates one per turn
   * @return the belief after each turn
   */
  public List<EmotionEstimate> apply(List<Turn> turns, List<EmotionEstimate> estimates) {
    Map<String, double[]> beliefs = new HashMap<>();
    List<EmotionEstimate> filtered = new ArrayList<>();
    for (int turn = 0; turn < turns.size(); turn++) {
      String speaker = turns.get(turn).speaker();
      double[] belief = beliefs.computeIfAbsent(speaker, first -> prior.toArray());
      beliefs.put(speaker, after(belief, estimates.get(turn)));
      filtered.add(estimate(beliefs.get(speaker)));
    }
    return filtered;
  }

  private double[] after(double[] belief, EmotionEstimate estimate) {
    double[] next = new double[CLASSES];
    for (Emotion emotion : Emotion.values()) {
      int i = emotion.ordinal();
      double expected = stay * belief[i] + (1 - stay) * prior.probability(emotion);
      next[i] = expected * estimate.probability(emotion) / prior.probability(emotion);
    }
    double sum = Arrays.stream(next).sum();
    Arrays.setAll(next, i -> next[i] / sum);
    return next;
  }

  private static EmotionEstimate estimate(double[] belief) {
    float[] probabilities = new float[CLASSES];
    for (int i = 0; i < CLASSES; i++) {
      probabilities[i] = (float) belief[i];
    }
    return new EmotionEstimate(probabilities);
  }
}

package io.undertone.training.leaveout;

import io.undertone.model.EmotionEstimate;
import java.util.List;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * Temperature scaling (Guo et al., arXiv 1706.04599): {@code p_e^(1/T)}, normalised.
 *
 * @param value T; above 1 makes estimates less certain
 */
public record Temperature(double value) {

  private static final double LOWEST = 0.25;
  private static final double HIGHEST = 8;
  private static final double TOLERANCE = 1e-4;
  private static final int MOST_EVALUATIONS = 100;
  private static final double LEAST_PROBABILITY = 1e-9;

  /** The temperature of the lowest NLL, all corpora with the same weight. */
  static Temperature of(List<LeftOutCorpus> corpora) {
    double logarithm =
        new BrentOptimizer(TOLERANCE, TOLERANCE)
            .optimize(
                new MaxEval(MOST_EVALUATIONS),
                new UnivariateObjectiveFunction(
                    candidate -> new Temperature(Math.exp(candidate)).loss(corpora)),
                GoalType.MINIMIZE,
                new SearchInterval(Math.log(LOWEST), Math.log(HIGHEST)))
            .getPoint();
    return new Temperature(Math.exp(logarithm));
  }

  private double loss(List<LeftOutCorpus> corpora) {
    return corpora.stream()
        .mapToDouble(
            corpus ->
                corpus.clips().stream()
                    .mapToDouble(clip -> -Math.log(of(clip.recorded()).probability(clip.label())))
                    .average()
                    .orElseThrow())
        .sum();
  }

  /** The estimate at this temperature. */
  EmotionEstimate of(EmotionEstimate estimate) {
    float[] probabilities = estimate.toArray();
    double[] powers = new double[probabilities.length];
    double sum = 0;
    for (int emotion = 0; emotion < powers.length; emotion++) {
      powers[emotion] = Math.pow(Math.max(LEAST_PROBABILITY, probabilities[emotion]), 1 / value);
      sum += powers[emotion];
    }
    for (int emotion = 0; emotion < powers.length; emotion++) {
      probabilities[emotion] = (float) (powers[emotion] / sum);
    }
    return new EmotionEstimate(probabilities);
  }
}

package io.undertone.evaluation.unlabelled;

import io.undertone.model.EmotionEstimate;
import io.undertone.training.evaluation.Bootstrap;
import io.undertone.training.evaluation.Interval;
import java.util.List;
import java.util.function.Predicate;

/**
 * A share of utterances.
 *
 * @param interval by a bootstrap over utterances
 */
public record Share(double value, Interval interval) {

  /** The share of some estimates, of which there is at least one. */
  static Share of(
      List<EmotionEstimate> estimates, Predicate<EmotionEstimate> chosen, Bootstrap bootstrap) {
    List<Boolean> isChosen = estimates.stream().map(chosen::test).toList();
    return new Share(value(isChosen), bootstrap.interval(isChosen, Share::value));
  }

  private static double value(List<Boolean> isChosen) {
    int chosen = 0;
    for (boolean one : isChosen) {
      chosen += one ? 1 : 0;
    }
    return (double) chosen / isChosen.size();
  }
}

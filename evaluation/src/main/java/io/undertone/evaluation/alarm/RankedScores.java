package io.undertone.evaluation.alarm;

import java.util.List;
import java.util.function.Function;

/** Compares the scores within episodes with those outside. */
final class RankedScores {

  private RankedScores() {}

  /**
   * Area under the ROC curve (Hanley and McNeil 1982): the probability that an utterance within an
   * episode has a higher score than one outside; equal scores count one half. NaN if there are no
   * utterances within or outside.
   */
  static double areaUnderCurve(List<CallScores> calls) {
    double[] inside = ascending(calls, CallScores::inside);
    double[] outside = ascending(calls, CallScores::outside);
    double won = 0;
    int below = 0;
    int notAbove = 0;
    for (double score : inside) {
      while (below < outside.length && outside[below] < score) {
        below++;
      }
      while (notAbove < outside.length && outside[notAbove] <= score) {
        notAbove++;
      }
      won += (below + notAbove) / 2.0;
    }
    return won / ((double) inside.length * outside.length);
  }

  private static double[] ascending(
      List<CallScores> calls, Function<CallScores, List<Double>> scores) {
    return calls.stream()
        .map(scores)
        .flatMapToDouble(ofCall -> ofCall.stream().mapToDouble(Double::doubleValue))
        .sorted()
        .toArray();
  }
}

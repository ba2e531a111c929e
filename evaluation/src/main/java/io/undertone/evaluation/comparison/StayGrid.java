package io.undertone.evaluation.comparison;

import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.EmotionPrior;
import io.undertone.training.corpus.Turn;
import io.undertone.training.evaluation.Metrics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Grid search of a filter's parameter: 0, 0.05, … 0.95.
 *
 * @param unweightedAccuracy by {@code stay}
 * @param best the value with the highest unweighted accuracy; of equals the one with the lowest NLL
 */
public record StayGrid(Map<Double, Double> unweightedAccuracy, double best) {

  private static final int VALUES = 20;

  /**
   * Tries all values.
   *
   * @param condition whose estimates are filtered
   * @param prior that the estimates were made under
   */
  public static StayGrid of(
      List<EvaluatedDialogue> dialogues, String condition, EmotionPrior prior) {
    Map<Double, Double> accuracies = new TreeMap<>();
    double best = 0;
    Metrics bestMetrics = metrics(dialogues, condition, new SpeakerFilter(best, prior));
    for (int i = 0; i < VALUES; i++) {
      double stay = (double) i / VALUES;
      Metrics metrics = metrics(dialogues, condition, new SpeakerFilter(stay, prior));
      accuracies.put(stay, metrics.confusion().unweightedAccuracy());
      if (isBetter(metrics, bestMetrics)) {
        best = stay;
        bestMetrics = metrics;
      }
    }
    return new StayGrid(accuracies, best);
  }

  private static boolean isBetter(Metrics one, Metrics other) {
    int order =
        Double.compare(
            one.confusion().unweightedAccuracy(), other.confusion().unweightedAccuracy());
    return order > 0 || (order == 0 && one.negativeLogLikelihood() < other.negativeLogLikelihood());
  }

  private static Metrics metrics(
      List<EvaluatedDialogue> dialogues, String condition, SpeakerFilter filter) {
    Metrics metrics = new Metrics();
    for (EvaluatedDialogue dialogue : dialogues) {
      List<Turn> turns = dialogue.turns();
      List<EmotionEstimate> filtered = filter.apply(turns, dialogue.under(condition));
      for (int turn = 0; turn < turns.size(); turn++) {
        metrics.add(turns.get(turn).emotion(), filtered.get(turn));
      }
    }
    return metrics;
  }
}

package io.undertone.evaluation.comparison;

import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.training.evaluation.Bootstrap;
import io.undertone.training.evaluation.Interval;
import java.util.List;

/**
 * Difference of the unweighted accuracies of two conditions.
 *
 * @param condition minuend
 * @param base subtrahend
 * @param value the difference
 * @param interval of the value, by a bootstrap over dialogues
 */
public record Gain(String condition, String base, double value, Interval interval) {

  /** Compares two conditions on the chosen turns. */
  public static Gain of(
      List<EvaluatedDialogue> dialogues,
      String condition,
      String base,
      TurnChoice choice,
      Bootstrap bootstrap) {
    List<PairedCounts> counts =
        dialogues.stream()
            .map(dialogue -> PairedCounts.of(dialogue, condition, base, choice))
            .toList();
    return new Gain(
        condition, base, PairedCounts.gain(counts), bootstrap.interval(counts, PairedCounts::gain));
  }
}

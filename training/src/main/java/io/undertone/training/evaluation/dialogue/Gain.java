package io.undertone.training.evaluation.dialogue;

import io.undertone.training.evaluation.Bootstrap;
import io.undertone.training.evaluation.Interval;
import java.util.List;

/**
 * How much more a condition hears right than another.
 *
 * @param condition that is compared
 * @param base that it is compared with
 * @param value difference of the unweighted accuracies
 * @param interval of the value, by a bootstrap over dialogues
 */
public record Gain(String condition, String base, double value, Interval interval) {

  public static Gain of(
      List<HeardDialogue> dialogues,
      String condition,
      String base,
      TurnChoice choice,
      Bootstrap bootstrap) {
    List<PairedCounts> counts =
        dialogues.stream().map(heard -> PairedCounts.of(heard, condition, base, choice)).toList();
    return new Gain(
        condition, base, PairedCounts.gain(counts), bootstrap.interval(counts, PairedCounts::gain));
  }
}

package io.undertone.evaluation.comparison;

import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.training.evaluation.Bootstrap;
import io.undertone.training.evaluation.Interval;
import java.util.List;
import java.util.Optional;

/**
 * The gain in each half of long dialogues.
 *
 * @param dialogues number of dialogues with more than {@value #LONGER_THAN_TURNS} turns
 * @param growth gain in the second half minus gain in the first
 */
public record HalfGains(
    int dialogues, Gain first, Gain second, double growth, Interval growthInterval) {

  /** Dialogues with more turns are long. */
  public static final int LONGER_THAN_TURNS = 20;

  private record Pair(PairedCounts first, PairedCounts second) {}

  /** Compares two conditions; empty if no dialogue is long. */
  public static Optional<HalfGains> of(
      List<EvaluatedDialogue> dialogues, String condition, String base, Bootstrap bootstrap) {
    List<EvaluatedDialogue> longer =
        dialogues.stream().filter(dialogue -> dialogue.turns().size() > LONGER_THAN_TURNS).toList();
    if (longer.isEmpty()) {
      return Optional.empty();
    }
    TurnChoice first = TurnChoice.firstHalf();
    List<Pair> pairs =
        longer.stream()
            .map(
                dialogue ->
                    new Pair(
                        PairedCounts.of(dialogue, condition, base, first),
                        PairedCounts.of(dialogue, condition, base, first.others())))
            .toList();
    return Optional.of(
        new HalfGains(
            longer.size(),
            Gain.of(longer, condition, base, first, bootstrap),
            Gain.of(longer, condition, base, first.others(), bootstrap),
            growth(pairs),
            bootstrap.interval(pairs, HalfGains::growth)));
  }

  private static double growth(List<Pair> pairs) {
    return PairedCounts.gain(pairs.stream().map(Pair::second).toList())
        - PairedCounts.gain(pairs.stream().map(Pair::first).toList());
  }
}

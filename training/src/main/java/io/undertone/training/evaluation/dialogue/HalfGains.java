package io.undertone.training.evaluation.dialogue;

import io.undertone.training.evaluation.Bootstrap;
import io.undertone.training.evaluation.Interval;
import java.util.List;
import java.util.Optional;

/**
 * The gain in each half of long dialogues.
 *
 * @param dialogues how many are long: of more than {@value #LONGER_THAN_TURNS} turns
 * @param growth the second half's gain less the first's
 */
public record HalfGains(
    int dialogues, Gain first, Gain second, double growth, Interval growthInterval) {

  /** Dialogues of more turns count. */
  public static final int LONGER_THAN_TURNS = 20;

  private record Pair(PairedCounts first, PairedCounts second) {}

  /** Empty if no dialogue is long. */
  public static Optional<HalfGains> of(
      List<HeardDialogue> dialogues, String condition, String base, Bootstrap bootstrap) {
    List<HeardDialogue> longer =
        dialogues.stream().filter(heard -> heard.turns().size() > LONGER_THAN_TURNS).toList();
    if (longer.isEmpty()) {
      return Optional.empty();
    }
    TurnChoice first = TurnChoice.firstHalf();
    List<Pair> pairs =
        longer.stream()
            .map(
                heard ->
                    new Pair(
                        PairedCounts.of(heard, condition, base, first),
                        PairedCounts.of(heard, condition, base, first.others())))
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

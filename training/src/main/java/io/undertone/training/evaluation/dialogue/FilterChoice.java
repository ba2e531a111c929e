package io.undertone.training.evaluation.dialogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How filters are set.
 *
 * @param stays their parameter
 * @param grids what each value gave on the dialogues that it was chosen on; empty if it was given
 * @param better which of memory and memory with filter was the better one there
 */
public record FilterChoice(Stays stays, Map<String, StayGrid> grids, Optional<String> better) {

  /** A parameter that was not chosen. */
  public static FilterChoice given(Stays stays) {
    return new FilterChoice(stays, Map.of(), Optional.empty());
  }

  /** The best on some dialogues. */
  public static FilterChoice on(List<HeardDialogue> heard) {
    Map<String, StayGrid> grids = Stays.grids(heard);
    Stays stays = Stays.bestOf(grids);
    return new FilterChoice(stays, grids, Optional.of(DialogueResult.better(stays.filter(heard))));
  }
}

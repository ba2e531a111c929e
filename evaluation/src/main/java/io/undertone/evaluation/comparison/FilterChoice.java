package io.undertone.evaluation.comparison;

import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.model.EmotionPrior;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of the filters, and how they were chosen.
 *
 * @param parameters of all filters
 * @param grids the results of each value by condition; empty if the parameters were not chosen
 * @param better the better one of memory and memory with filter on the dialogues of the choice
 */
public record FilterChoice(
    FilterParameters parameters, Map<String, StayGrid> grids, Optional<String> better) {

  /** Given parameters. */
  public static FilterChoice given(FilterParameters parameters) {
    return new FilterChoice(parameters, Map.of(), Optional.empty());
  }

  /** The best parameters on some dialogues. */
  public static FilterChoice on(List<EvaluatedDialogue> dialogues, EmotionPrior prior) {
    Map<String, StayGrid> grids = FilterParameters.grids(dialogues, prior);
    FilterParameters parameters = FilterParameters.bestOf(grids, prior);
    return new FilterChoice(
        parameters, grids, Optional.of(DialogueResult.better(parameters.filter(dialogues))));
  }
}

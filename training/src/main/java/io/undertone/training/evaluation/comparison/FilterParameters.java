package io.undertone.training.evaluation.comparison;

import io.undertone.training.evaluation.dialogue.Conditions;
import io.undertone.training.evaluation.dialogue.EvaluatedDialogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameter of the {@link SpeakerFilter} of each condition.
 *
 * @param stayByCondition for each of {@link Conditions#UNFILTERED}
 */
public record FilterParameters(Map<String, Double> stayByCondition) {

  /**
   * Given values.
   *
   * @param values one for all conditions, or one each in the order of {@link Conditions#UNFILTERED}
   */
  public static FilterParameters of(List<Double> values) {
    int conditions = Conditions.UNFILTERED.size();
    if (values.size() != 1 && values.size() != conditions) {
      throw new IllegalArgumentException(
          "stay must be 1 value, or %d for %s, but is %s"
              .formatted(conditions, Conditions.UNFILTERED, values));
    }
    Map<String, Double> byCondition = new LinkedHashMap<>();
    for (int i = 0; i < conditions; i++) {
      double stay = values.get(values.size() == 1 ? 0 : i);
      byCondition.put(Conditions.UNFILTERED.get(i), new SpeakerFilter(stay).stay());
    }
    return new FilterParameters(byCondition);
  }

  /** The best value of each grid. */
  public static FilterParameters bestOf(Map<String, StayGrid> grids) {
    return of(
        Conditions.UNFILTERED.stream()
            .map(condition -> grids.get(condition))
            .map(StayGrid::best)
            .toList());
  }

  /** Searches a grid for each condition. */
  public static Map<String, StayGrid> grids(List<EvaluatedDialogue> dialogues) {
    Map<String, StayGrid> grids = new LinkedHashMap<>();
    for (String condition : Conditions.UNFILTERED) {
      grids.put(condition, StayGrid.of(dialogues, condition));
    }
    return grids;
  }

  /** Adds the filtered estimates of each condition to the dialogues. */
  public List<EvaluatedDialogue> filter(List<EvaluatedDialogue> dialogues) {
    List<EvaluatedDialogue> filtered = new ArrayList<>();
    for (EvaluatedDialogue dialogue : dialogues) {
      EvaluatedDialogue added = dialogue;
      for (Map.Entry<String, Double> stay : stayByCondition.entrySet()) {
        String condition = stay.getKey();
        SpeakerFilter filter = new SpeakerFilter(stay.getValue());
        added =
            added.with(
                Conditions.filtered(condition),
                filter.apply(dialogue.turns(), dialogue.under(condition)));
      }
      filtered.add(added);
    }
    return filtered;
  }
}

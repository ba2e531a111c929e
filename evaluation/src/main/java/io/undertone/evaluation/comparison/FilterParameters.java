package io.undertone.evaluation.comparison;

import io.undertone.evaluation.dialogue.Conditions;
import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.model.EmotionPrior;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameter of the {@link SpeakerFilter} of each condition.
 *
 * @param stayByCondition for each of {@link Conditions#UNFILTERED}
 * @param prior that the estimates were made under
 */
public record FilterParameters(Map<String, Double> stayByCondition, EmotionPrior prior) {

  /**
   * Given values.
   *
   * @param values one for all conditions, or one each in the order of {@link Conditions#UNFILTERED}
   */
  public static FilterParameters of(List<Double> values, EmotionPrior prior) {
    int conditions = Conditions.UNFILTERED.size();
    if (values.size() != 1 && values.size() != conditions) {
      throw new IllegalArgumentException(
          "stay must be 1 value, or %d for %s, but is %s"
              .formatted(conditions, Conditions.UNFILTERED, values));
    }
    Map<String, Double> byCondition = new LinkedHashMap<>();
    for (int i = 0; i < conditions; i++) {
      double stay = values.get(values.size() == 1 ? 0 : i);
      byCondition.put(Conditions.UNFILTERED.get(i), new SpeakerFilter(stay, prior).stay());
    }
    return new FilterParameters(byCondition, prior);
  }

  /** The best value of each grid. */
  public static FilterParameters bestOf(Map<String, StayGrid> grids, EmotionPrior prior) {
    return of(
        Conditions.UNFILTERED.stream()
            .map(condition -> grids.get(condition))
            .map(StayGrid::best)
            .toList(),
        prior);
  }

  /** Searches a grid for each condition. */
  public static Map<String, StayGrid> grids(List<EvaluatedDialogue> dialogues, EmotionPrior prior) {
    Map<String, StayGrid> grids = new LinkedHashMap<>();
    for (String condition : Conditions.UNFILTERED) {
      grids.put(condition, StayGrid.of(dialogues, condition, prior));
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
        SpeakerFilter filter = new SpeakerFilter(stay.getValue(), prior);
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

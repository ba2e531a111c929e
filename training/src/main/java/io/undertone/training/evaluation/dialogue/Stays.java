package io.undertone.training.evaluation.dialogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameter of the {@link SpeakerFilter} behind each condition.
 *
 * @param byCondition for each of {@link Conditions#PLAIN}
 */
public record Stays(Map<String, Double> byCondition) {

  /**
   * Given values.
   *
   * @param values one for all conditions, or one for each in the order of {@link Conditions#PLAIN}
   */
  public static Stays of(List<Double> values) {
    int conditions = Conditions.PLAIN.size();
    if (values.size() != 1 && values.size() != conditions) {
      throw new IllegalArgumentException(
          "stay must be 1 value, or %d for %s, but is %s"
              .formatted(conditions, Conditions.PLAIN, values));
    }
    Map<String, Double> byCondition = new LinkedHashMap<>();
    for (int i = 0; i < conditions; i++) {
      double stay = values.get(values.size() == 1 ? 0 : i);
      byCondition.put(Conditions.PLAIN.get(i), new SpeakerFilter(stay).stay());
    }
    return new Stays(byCondition);
  }

  /** The best of each grid. */
  public static Stays bestOf(Map<String, StayGrid> grids) {
    return of(
        Conditions.PLAIN.stream()
            .map(condition -> grids.get(condition))
            .map(StayGrid::best)
            .toList());
  }

  /** A grid for each condition. */
  public static Map<String, StayGrid> grids(List<HeardDialogue> dialogues) {
    Map<String, StayGrid> grids = new LinkedHashMap<>();
    for (String condition : Conditions.PLAIN) {
      grids.put(condition, StayGrid.of(dialogues, condition));
    }
    return grids;
  }

  /** The dialogues with the filtered estimates of each condition. */
  public List<HeardDialogue> filter(List<HeardDialogue> dialogues) {
    List<HeardDialogue> filtered = new ArrayList<>();
    for (HeardDialogue dialogue : dialogues) {
      HeardDialogue added = dialogue;
      for (Map.Entry<String, Double> stay : byCondition.entrySet()) {
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

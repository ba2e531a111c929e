package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A dialogue and what was estimated of it.
 *
 * @param estimates by condition, one for each turn
 */
public record HeardDialogue(Dialogue dialogue, Map<String, List<EmotionEstimate>> estimates) {

  public HeardDialogue {
    estimates = Map.copyOf(estimates);
  }

  public List<Turn> turns() {
    return dialogue.turns();
  }

  /** The estimates under one condition, one for each turn. */
  public List<EmotionEstimate> under(String condition) {
    List<EmotionEstimate> found = estimates.get(condition);
    if (found == null) {
      throw new IllegalArgumentException(
          "condition must be one of " + estimates.keySet() + ", but is " + condition);
    }
    return found;
  }

  /** Whether there are estimates under a condition. */
  boolean has(String condition) {
    return estimates.containsKey(condition);
  }

  /** The same with more estimates. */
  public HeardDialogue with(String condition, List<EmotionEstimate> added) {
    Map<String, List<EmotionEstimate>> all = new HashMap<>(estimates);
    all.put(condition, added);
    return new HeardDialogue(dialogue, all);
  }
}

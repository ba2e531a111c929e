package io.undertone.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.training.corpus.Dialogue;
import io.undertone.training.corpus.Turn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A dialogue with its estimates.
 *
 * @param estimates by condition, one per turn
 */
public record EvaluatedDialogue(Dialogue dialogue, Map<String, List<EmotionEstimate>> estimates) {

  public EvaluatedDialogue {
    estimates = Map.copyOf(estimates);
  }

  public List<Turn> turns() {
    return dialogue.turns();
  }

  /** The estimates under a condition, one per turn. */
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

  /** The same dialogue with the estimates of another condition. */
  public EvaluatedDialogue with(String condition, List<EmotionEstimate> added) {
    Map<String, List<EmotionEstimate>> all = new HashMap<>(estimates);
    all.put(condition, added);
    return new EvaluatedDialogue(dialogue, all);
  }
}

package io.undertone.evaluation.comparison;

import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.model.EmotionEstimate;
import io.undertone.training.evaluation.Metrics;
import java.util.List;

/** Computes metrics over the turns of many dialogues. */
public final class DialogueMetrics {

  private DialogueMetrics() {}

  /** The metrics of all chosen turns together. */
  public static Metrics of(List<EvaluatedDialogue> dialogues, String condition, TurnChoice choice) {
    Metrics metrics = new Metrics();
    for (EvaluatedDialogue dialogue : dialogues) {
      List<EmotionEstimate> estimates = dialogue.under(condition);
      for (int turn = 0; turn < estimates.size(); turn++) {
        if (choice.includes(dialogue.dialogue(), turn)) {
          metrics.add(dialogue.turns().get(turn).emotion(), estimates.get(turn));
        }
      }
    }
    return metrics;
  }
}

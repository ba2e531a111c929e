package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.training.evaluation.Metrics;
import java.util.List;

/** Metrics over the turns of many dialogues. */
public final class DialogueMetrics {

  private DialogueMetrics() {}

  /** Of all chosen turns, whatever their dialogue. */
  public static Metrics of(List<HeardDialogue> dialogues, String condition, TurnChoice choice) {
    Metrics metrics = new Metrics();
    for (HeardDialogue dialogue : dialogues) {
      List<EmotionEstimate> estimates = dialogue.under(condition);
      for (int turn = 0; turn < estimates.size(); turn++) {
        if (choice.takes(dialogue.dialogue(), turn)) {
          metrics.add(dialogue.turns().get(turn).emotion(), estimates.get(turn));
        }
      }
    }
    return metrics;
  }
}

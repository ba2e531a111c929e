package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.training.evaluation.Measures;
import java.util.List;

/** Measures over the turns of many dialogues. */
public final class DialogueMeasures {

  private DialogueMeasures() {}

  /** Of all chosen turns, whatever their dialogue. */
  public static Measures of(List<HeardDialogue> dialogues, String condition, TurnChoice choice) {
    Measures measures = new Measures();
    for (HeardDialogue dialogue : dialogues) {
      List<EmotionEstimate> estimates = dialogue.under(condition);
      for (int turn = 0; turn < estimates.size(); turn++) {
        if (choice.takes(dialogue.dialogue(), turn)) {
          measures.add(dialogue.turns().get(turn).emotion(), estimates.get(turn));
        }
      }
    }
    return measures;
  }
}

package io.undertone.training.evaluation.dialogue;

import io.undertone.model.Emotion;
import java.util.List;

/**
 * Turns of one dialogue by what was meant: how many there are, and how many each of two conditions
 * told right.
 */
final class PairedCounts {
  private final long[] meant = new long[Emotion.values().length];
  private final long[] right = new long[Emotion.values().length];
  private final long[] baseRight = new long[Emotion.values().length];

  private PairedCounts() {}

  static PairedCounts of(HeardDialogue heard, String condition, String base, TurnChoice choice) {
    PairedCounts counts = new PairedCounts();
    List<Turn> turns = heard.turns();
    for (int turn = 0; turn < turns.size(); turn++) {
      if (choice.takes(heard.dialogue(), turn)) {
        Emotion emotion = turns.get(turn).emotion();
        int i = emotion.ordinal();
        counts.meant[i]++;
        counts.right[i] += heard.under(condition).get(turn).emotion() == emotion ? 1 : 0;
        counts.baseRight[i] += heard.under(base).get(turn).emotion() == emotion ? 1 : 0;
      }
    }
    return counts;
  }

  /** Unweighted accuracy of the condition over all dialogues, less that of the base. */
  static double gain(List<PairedCounts> dialogues) {
    double sum = 0;
    int classes = 0;
    for (int i = 0; i < Emotion.values().length; i++) {
      long all = 0;
      long more = 0;
      for (PairedCounts counts : dialogues) {
        all += counts.meant[i];
        more += counts.right[i] - counts.baseRight[i];
      }
      if (all > 0) {
        sum += (double) more / all;
        classes++;
      }
    }
    return sum / classes;
  }
}

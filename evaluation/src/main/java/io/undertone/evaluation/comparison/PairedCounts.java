package io.undertone.evaluation.comparison;

import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.model.Emotion;
import io.undertone.training.corpus.Turn;
import java.util.List;

/** Counts of one dialogue by label: all turns, and those that each of two conditions got right. */
final class PairedCounts {
  private final long[] labels = new long[Emotion.values().length];
  private final long[] correct = new long[Emotion.values().length];
  private final long[] baseCorrect = new long[Emotion.values().length];

  private PairedCounts() {}

  static PairedCounts of(
      EvaluatedDialogue dialogue, String condition, String base, TurnChoice choice) {
    PairedCounts counts = new PairedCounts();
    List<Turn> turns = dialogue.turns();
    for (int turn = 0; turn < turns.size(); turn++) {
      if (choice.includes(dialogue.dialogue(), turn)) {
        Emotion emotion = turns.get(turn).emotion();
        int i = emotion.ordinal();
        counts.labels[i]++;
        counts.correct[i] += dialogue.under(condition).get(turn).emotion() == emotion ? 1 : 0;
        counts.baseCorrect[i] += dialogue.under(base).get(turn).emotion() == emotion ? 1 : 0;
      }
    }
    return counts;
  }

  /** Unweighted accuracy of the condition over all dialogues minus that of the base. */
  static double gain(List<PairedCounts> dialogues) {
    double sum = 0;
    int classes = 0;
    for (int i = 0; i < Emotion.values().length; i++) {
      long all = 0;
      long more = 0;
      for (PairedCounts counts : dialogues) {
        all += counts.labels[i];
        more += counts.correct[i] - counts.baseCorrect[i];
      }
      if (all > 0) {
        sum += (double) more / all;
        classes++;
      }
    }
    return sum / classes;
  }
}

package io.undertone.evaluation.comparison;

import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.training.evaluation.ConfusionMatrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Accuracy of the turns at some positions of their dialogues.
 *
 * @param from the first position, counted from 1
 * @param to the last position
 * @param utterances number of turns
 * @param unweightedAccuracy by condition
 */
public record PositionAccuracy(
    int from, int to, long utterances, Map<String, Double> unweightedAccuracy) {

  private static final int POSITIONS = 5;

  /** Accuracies of groups of {@value #POSITIONS} positions, up to the longest dialogue. */
  public static List<PositionAccuracy> of(
      List<EvaluatedDialogue> dialogues, List<String> conditions) {
    int longest = dialogues.stream().mapToInt(dialogue -> dialogue.turns().size()).max().orElse(0);
    List<PositionAccuracy> groups = new ArrayList<>();
    for (int from = 1; from <= longest; from += POSITIONS) {
      int to = from + POSITIONS - 1;
      Map<String, Double> accuracies = new LinkedHashMap<>();
      long utterances = 0;
      for (String condition : conditions) {
        ConfusionMatrix confusion =
            DialogueMetrics.of(dialogues, condition, TurnChoice.positions(from, to)).confusion();
        accuracies.put(condition, confusion.unweightedAccuracy());
        utterances = confusion.utterances();
      }
      groups.add(new PositionAccuracy(from, to, utterances, accuracies));
    }
    return groups;
  }
}

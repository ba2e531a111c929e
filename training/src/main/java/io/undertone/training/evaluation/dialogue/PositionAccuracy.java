package io.undertone.training.evaluation.dialogue;

import io.undertone.training.evaluation.ConfusionMatrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well the turns at some positions of their dialogues are heard.
 *
 * @param from the first position, from 1
 * @param to the last position
 * @param utterances how many there are
 * @param unweightedAccuracy by condition
 */
public record PositionAccuracy(
    int from, int to, long utterances, Map<String, Double> unweightedAccuracy) {

  private static final int POSITIONS = 5;

  /** By groups of {@value #POSITIONS} positions, as far as dialogues reach. */
  public static List<PositionAccuracy> of(List<HeardDialogue> dialogues, List<String> conditions) {
    int longest = dialogues.stream().mapToInt(heard -> heard.turns().size()).max().orElse(0);
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

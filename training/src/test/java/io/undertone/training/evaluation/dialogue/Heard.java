package io.undertone.training.evaluation.dialogue;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Dialogues that were never heard, written as letters: h, s, a, n. */
final class Heard {
  private static final String LETTERS = "hsan";

  private Heard() {}

  static Dialogue dialogue(String id, String meant) {
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < meant.length(); i++) {
      turns.add(new Turn("CUSTOMER", "corpus/one", emotion(meant.charAt(i)), id + ".wav"));
    }
    return new Dialogue(id, "test", "file", turns);
  }

  /**
   * @param said by condition
   */
  static HeardDialogue of(String meant, Map<String, String> said) {
    Map<String, List<EmotionEstimate>> estimates = new HashMap<>();
    said.forEach(
        (condition, letters) ->
            estimates.put(
                condition,
                letters.chars().mapToObj(letter -> sure(emotion((char) letter), 0.7f)).toList()));
    return new HeardDialogue(dialogue("d", meant), estimates);
  }

  static EmotionEstimate sure(Emotion emotion, float probability) {
    float[] probabilities = new float[Emotion.values().length];
    Arrays.fill(probabilities, (1 - probability) / (probabilities.length - 1));
    probabilities[emotion.ordinal()] = probability;
    return new EmotionEstimate(probabilities);
  }

  private static Emotion emotion(char letter) {
    return Emotion.values()[LETTERS.indexOf(letter)];
  }
}

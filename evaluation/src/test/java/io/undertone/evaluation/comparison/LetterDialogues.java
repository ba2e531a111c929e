package io.undertone.evaluation.comparison;

import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.training.corpus.Dialogue;
import io.undertone.training.corpus.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Dialogues with their estimates as strings of letters: h, s, a, n. */
final class LetterDialogues {
  private static final String LETTERS = "hsan";

  private LetterDialogues() {}

  static Dialogue dialogue(String id, String labels) {
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < labels.length(); i++) {
      turns.add(new Turn("CUSTOMER", "corpus/one", emotion(labels.charAt(i)), id + ".wav"));
    }
    return new Dialogue(id, "file", turns);
  }

  /**
   * @param estimated by condition
   */
  static EvaluatedDialogue of(String labels, Map<String, String> estimated) {
    Map<String, List<EmotionEstimate>> estimates = new HashMap<>();
    estimated.forEach(
        (condition, letters) ->
            estimates.put(
                condition,
                letters
                    .chars()
                    .mapToObj(letter -> confident(emotion((char) letter), 0.7f))
                    .toList()));
    return new EvaluatedDialogue(dialogue("d", labels), estimates);
  }

  static EmotionEstimate confident(Emotion emotion, float probability) {
    float[] probabilities = new float[Emotion.values().length];
    Arrays.fill(probabilities, (1 - probability) / (probabilities.length - 1));
    probabilities[emotion.ordinal()] = probability;
    return new EmotionEstimate(probabilities);
  }

  private static Emotion emotion(char letter) {
    return Emotion.values()[LETTERS.indexOf(letter)];
  }
}

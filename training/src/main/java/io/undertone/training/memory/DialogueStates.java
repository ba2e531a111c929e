package io.undertone.training.memory;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import java.util.List;
import java.util.Optional;

/** The decoder's output at the end of each utterance of a simulated dialogue. */
record DialogueStates(List<Utterance> utterances) {

  private static final int CLASSES = Emotion.values().length;

  /**
   * The decoder's output at the end of an utterance, and what else a memory is given.
   *
   * @param state of the decoder, (width)
   * @param logits of the emotions, (classes)
   * @param cues of the utterance
   * @param otherSide last estimate of the other side
   * @param emotion the label, if it is one of the model's classes
   */
  record Utterance(
      float[] state,
      float[] logits,
      UtteranceCues cues,
      Optional<EmotionEstimate> otherSide,
      Optional<Emotion> emotion) {

    /** Padding for dialogues that have ended. */
    static Utterance padding(int width) {
      return new Utterance(
          new float[width],
          new float[CLASSES],
          UtteranceCues.NONE,
          Optional.empty(),
          Optional.empty());
    }

    private Utterance withHeadChange(float[] change) {
      float[] changed = logits.clone();
      for (int emotion = 0; emotion < CLASSES; emotion++) {
        for (int i = 0; i < state.length; i++) {
          changed[emotion] += change[emotion * state.length + i] * state[i];
        }
      }
      return new Utterance(state, changed, cues, otherSide, emotion);
    }
  }

  DialogueStates {
    utterances = List.copyOf(utterances);
  }

  /**
   * The same states under a changed head.
   *
   * @param change added to the emotion rows of the head, (classes, width), row by row
   */
  DialogueStates withHeadChange(float[] change) {
    return new DialogueStates(
        utterances.stream().map(utterance -> utterance.withHeadChange(change)).toList());
  }
}

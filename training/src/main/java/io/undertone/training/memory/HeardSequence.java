package io.undertone.training.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import io.undertone.training.evaluation.dialogue.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the decoder has heard of a dialogue, utterance by utterance. */
public record HeardSequence(List<Utterance> utterances) {

  private static final int CLASSES = Emotion.values().length;

  /**
   * What the decoder has heard of an utterance.
   *
   * @param state behind it, (width)
   * @param logits of the emotions there, (classes)
   * @param cues measured in it
   * @param otherSide last estimate of the other side
   * @param emotion what was felt, if it is one of the model's classes
   */
  record Utterance(
      float[] state,
      float[] logits,
      UtteranceCues cues,
      Optional<EmotionEstimate> otherSide,
      Optional<Emotion> emotion) {

    /** Nothing, where a dialogue has ended. */
    private static Utterance none(int width) {
      return new Utterance(
          new float[width],
          new float[CLASSES],
          UtteranceCues.NONE,
          Optional.empty(),
          Optional.empty());
    }

    /** The same with other rows in the head. */
    private Utterance with(float[] change) {
      float[] changed = logits.clone();
      for (int emotion = 0; emotion < CLASSES; emotion++) {
        for (int i = 0; i < state.length; i++) {
          changed[emotion] += change[emotion * state.length + i] * state[i];
        }
      }
      return new Utterance(state, changed, cues, otherSide, emotion);
    }
  }

  /**
   * Utterances side by side.
   *
   * @param states (batch, width)
   * @param logits (batch, classes)
   * @param cues of each row
   * @param otherSides of each row
   * @param wanted (batch, classes): 0 where nothing is asked
   * @param labelled how many rows are asked
   */
  record Turn(
      NDArray states,
      NDArray logits,
      List<UtteranceCues> cues,
      List<Optional<EmotionEstimate>> otherSides,
      NDArray wanted,
      int labelled) {}

  public HeardSequence {
    utterances = List.copyOf(utterances);
  }

  /**
   * The same with other rows in the head.
   *
   * @param change (classes, width), row by row
   */
  public HeardSequence with(float[] change) {
    return new HeardSequence(utterances.stream().map(utterance -> utterance.with(change)).toList());
  }

  /** The same turn of many dialogues. */
  static Turn turn(
      List<HeardSequence> dialogues, int turn, int width, float smoothing, NDManager scope) {
    List<Utterance> side = new ArrayList<>();
    for (HeardSequence dialogue : dialogues) {
      boolean goesOn = turn < dialogue.utterances.size();
      side.add(goesOn ? dialogue.utterances.get(turn) : Utterance.none(width));
    }
    return sideBySide(side, smoothing, scope);
  }

  /** All turns of many dialogues. */
  static Turn turns(List<HeardSequence> dialogues, float smoothing, NDManager scope) {
    return sideBySide(
        dialogues.stream().flatMap(dialogue -> dialogue.utterances.stream()).toList(),
        smoothing,
        scope);
  }

  private static Turn sideBySide(List<Utterance> utterances, float smoothing, NDManager scope) {
    int batch = utterances.size();
    int width = utterances.get(0).state().length;
    float[] states = new float[batch * width];
    float[] logits = new float[batch * CLASSES];
    float[] wanted = new float[batch * CLASSES];
    int labelled = 0;
    for (int row = 0; row < batch; row++) {
      Utterance utterance = utterances.get(row);
      System.arraycopy(utterance.state(), 0, states, row * width, width);
      System.arraycopy(utterance.logits(), 0, logits, row * CLASSES, CLASSES);
      if (utterance.emotion().isPresent()) {
        labelled++;
        int from = row * CLASSES;
        Arrays.fill(wanted, from, from + CLASSES, smoothing / CLASSES);
        wanted[from + utterance.emotion().get().ordinal()] += 1 - smoothing;
      }
    }
    return new Turn(
        scope.create(states, new Shape(batch, width)),
        scope.create(logits, new Shape(batch, CLASSES)),
        utterances.stream().map(Utterance::cues).toList(),
        utterances.stream().map(Utterance::otherSide).toList(),
        scope.create(wanted, new Shape(batch, CLASSES)).duplicate(),
        labelled);
  }
}

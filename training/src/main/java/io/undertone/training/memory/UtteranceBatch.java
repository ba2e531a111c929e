package io.undertone.training.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import io.undertone.training.memory.DialogueStates.Utterance;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Utterances as a batch.
 *
 * @param states of the decoder, (batch, width)
 * @param logits of the emotions, (batch, classes)
 * @param cues of each row
 * @param otherSides last estimate of the other side, for each row
 * @param targets smoothed labels, (batch, classes); zeros for rows without a label
 * @param labelled number of rows with a label
 */
record UtteranceBatch(
    NDArray states,
    NDArray logits,
    List<UtteranceCues> cues,
    List<Optional<EmotionEstimate>> otherSides,
    NDArray targets,
    int labelled) {

  private static final int CLASSES = Emotion.values().length;

  /**
   * The utterances of one turn, a row for each dialogue; padding for those that have ended.
   *
   * @param turn from 0
   * @param smoothing of the labels
   */
  static UtteranceBatch ofTurn(
      List<DialogueStates> dialogues, int turn, int width, float smoothing, NDManager scope) {
    List<Utterance> rows =
        dialogues.stream()
            .map(DialogueStates::utterances)
            .map(all -> turn < all.size() ? all.get(turn) : Utterance.padding(width))
            .toList();
    return of(rows, smoothing, scope);
  }

  /**
   * All utterances of some dialogues.
   *
   * @param smoothing of the labels
   */
  static UtteranceBatch ofAll(List<DialogueStates> dialogues, float smoothing, NDManager scope) {
    List<Utterance> rows =
        dialogues.stream().flatMap(dialogue -> dialogue.utterances().stream()).toList();
    return of(rows, smoothing, scope);
  }

  private static UtteranceBatch of(List<Utterance> utterances, float smoothing, NDManager scope) {
    int batch = utterances.size();
    int width = utterances.get(0).state().length;
    float[] states = new float[batch * width];
    float[] logits = new float[batch * CLASSES];
    float[] targets = new float[batch * CLASSES];
    int labelled = 0;
    for (int row = 0; row < batch; row++) {
      Utterance utterance = utterances.get(row);
      System.arraycopy(utterance.state(), 0, states, row * width, width);
      System.arraycopy(utterance.logits(), 0, logits, row * CLASSES, CLASSES);
      if (utterance.emotion().isPresent()) {
        labelled++;
        int from = row * CLASSES;
        Arrays.fill(targets, from, from + CLASSES, smoothing / CLASSES);
        targets[from + utterance.emotion().get().ordinal()] += 1 - smoothing;
      }
    }
    return new UtteranceBatch(
        scope.create(states, new Shape(batch, width)),
        scope.create(logits, new Shape(batch, CLASSES)),
        utterances.stream().map(Utterance::cues).toList(),
        utterances.stream().map(Utterance::otherSide).toList(),
        scope.create(targets, new Shape(batch, CLASSES)).duplicate(),
        labelled);
  }
}

package io.undertone.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.memory.MemoryEngine;
import io.undertone.model.torch.memory.TokenizedUtterance;
import io.undertone.training.corpus.Dialogue;
import io.undertone.training.corpus.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Dialogues side by side, one turn of each at a time. */
final class DialogueBatch implements AutoCloseable {
  private final ClipTokens tokens;
  private final List<Dialogue> dialogues;
  private final List<DialogueCall> calls = new ArrayList<>();
  private final List<Map<String, List<EmotionEstimate>>> estimates = new ArrayList<>();
  private int turn;

  /**
   * @param dialogues the longest first
   * @param engine of the memories
   */
  DialogueBatch(List<Dialogue> dialogues, MemoryEngine engine, ClipTokens tokens) {
    this.dialogues = dialogues;
    this.tokens = tokens;
    for (Dialogue dialogue : dialogues) {
      calls.add(new DialogueCall(engine, dialogue));
      estimates.add(new LinkedHashMap<>());
    }
  }

  boolean hasNext() {
    return turn < dialogues.get(0).turns().size();
  }

  /**
   * Estimates the next turn of each dialogue that has one.
   *
   * @return the number of turns
   */
  int recognizeNext(TurnRecognizer recognizer) {
    List<EvaluatedChannel> channels = new ArrayList<>();
    List<TokenizedUtterance> utterances = new ArrayList<>();
    for (int row = 0; row < dialogues.size() && turn < dialogues.get(row).turns().size(); row++) {
      Turn spoken = turn(row);
      channels.add(calls.get(row).channel(spoken.role()));
      utterances.add(
          new TokenizedUtterance(
              tokens.of(spoken.path()),
              tokens.cues(spoken.path()),
              calls.get(row).otherSide(spoken.role())));
    }
    Map<String, List<EmotionEstimate>> recognized = recognizer.recognize(channels, utterances);
    recognized.forEach(this::collect);
    List<EmotionEstimate> withMemory = recognized.getOrDefault(Conditions.MEMORY, List.of());
    for (int row = 0; row < withMemory.size(); row++) {
      calls.get(row).recognized(turn(row).role(), turn, withMemory.get(row));
    }
    turn++;
    return channels.size();
  }

  private Turn turn(int row) {
    return dialogues.get(row).turns().get(turn);
  }

  private void collect(String condition, List<EmotionEstimate> recognized) {
    for (int row = 0; row < recognized.size(); row++) {
      estimates
          .get(row)
          .computeIfAbsent(condition, any -> new ArrayList<>())
          .add(recognized.get(row));
    }
  }

  /** The dialogues with their estimates so far. */
  List<EvaluatedDialogue> evaluated() {
    List<EvaluatedDialogue> evaluated = new ArrayList<>();
    for (int row = 0; row < dialogues.size(); row++) {
      evaluated.add(new EvaluatedDialogue(dialogues.get(row), estimates.get(row)));
    }
    return evaluated;
  }

  /** Closes the memories. */
  @Override
  public void close() {
    calls.forEach(DialogueCall::close);
  }
}

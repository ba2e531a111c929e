package io.undertone.evaluation.dialogue;

import io.undertone.model.torch.memory.EngineContext;
import io.undertone.model.torch.memory.MemoryConfig;
import io.undertone.model.torch.memory.MemoryEngine;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Dialogue;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs a model over dialogues, in batches. Runs on the device's owner thread. */
public final class DialogueRunner {

  /**
   * Bound of rows · length² of a batch, which the size of its attention weights is proportional to.
   */
  private static final long LARGEST_UPDATE = 1L << 22;

  private static final int LARGEST_BATCH = 20;
  private static final int LONG_UTTERANCE_TOKENS = 200;

  private final EngineContext context;
  private final ClipTokens tokens;
  private final ProgressLog progress;

  DialogueRunner(EngineContext context, ClipTokens tokens, ProgressLog progress) {
    this.context = context;
    this.tokens = tokens;
    this.progress = progress;
  }

  /** Opens memory engines of this model. */
  public EngineContext context() {
    return context;
  }

  /**
   * Estimates all turns.
   *
   * @param task name in the progress
   * @param memory the engine's settings, which decide the size of a batch
   * @param engine of the channels' memories
   * @return in the order of the dialogues
   */
  public List<EvaluatedDialogue> run(
      String task,
      List<Dialogue> dialogues,
      MemoryConfig memory,
      MemoryEngine engine,
      TurnRecognizer recognizer) {
    tokens.prepare(dialogues, progress);
    int turns = dialogues.stream().mapToInt(dialogue -> dialogue.turns().size()).sum();
    // Dialogues of similar length end together.
    List<Dialogue> longestFirst =
        dialogues.stream()
            .sorted(Comparator.comparingInt((Dialogue dialogue) -> -dialogue.turns().size()))
            .toList();
    int batchSize = batchSize(memory);
    int done = 0;
    Map<Dialogue, EvaluatedDialogue> evaluated = new HashMap<>();
    for (int from = 0; from < longestFirst.size(); from += batchSize) {
      int to = Math.min(longestFirst.size(), from + batchSize);
      try (DialogueBatch batch =
          new DialogueBatch(longestFirst.subList(from, to), engine, tokens)) {
        while (batch.hasNext()) {
          done += batch.recognizeNext(recognizer);
          progress.report(task, done, turns);
        }
        batch.evaluated().forEach(dialogue -> evaluated.put(dialogue.dialogue(), dialogue));
      }
    }
    return dialogues.stream().map(evaluated::get).toList();
  }

  private int batchSize(MemoryConfig memory) {
    long longest = LONG_UTTERANCE_TOKENS + memory.cost(context.llama().config()).contextTokens();
    return (int) Math.max(1, Math.min(LARGEST_BATCH, LARGEST_UPDATE / (longest * longest)));
  }
}

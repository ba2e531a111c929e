package io.undertone.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.memory.MemoryEngine;
import io.undertone.model.torch.memory.TokenizedUtterance;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Dialogue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Estimates of clips without any context: the decoder reads the begin token and the utterance, and
 * the speaker is unknown. Each clip is read once, in a batch of clips of similar length. Runs on
 * the device's owner thread.
 */
final class ContextFreeEstimates {
  private static final int BATCH = 24;

  private final MemoryEngine engine;
  private final ClipTokens tokens;
  private final Vocabulary vocabulary;
  private final Map<String, EmotionEstimate> byPath = new HashMap<>();

  ContextFreeEstimates(MemoryEngine engine, ClipTokens tokens, Vocabulary vocabulary) {
    this.engine = engine;
    this.tokens = tokens;
    this.vocabulary = vocabulary;
  }

  /** One estimate per turn. */
  List<EmotionEstimate> of(EvaluatedDialogue dialogue) {
    return dialogue.turns().stream().map(turn -> byPath.get(turn.path())).toList();
  }

  /** Estimates the clips of the dialogues that have no estimate yet. */
  void prepare(List<Dialogue> dialogues, ProgressLog progress) {
    List<String> paths =
        ClipTokens.paths(dialogues)
            .filter(path -> !byPath.containsKey(path))
            .sorted(Comparator.comparingInt(path -> tokens.of(path).length))
            .toList();
    for (int from = 0; from < paths.size(); from += BATCH) {
      List<String> batch = paths.subList(from, Math.min(paths.size(), from + BATCH));
      estimate(batch);
      progress.report("clips without context", from + batch.size(), paths.size());
    }
  }

  private void estimate(List<String> paths) {
    List<TokenizedUtterance> windows = new ArrayList<>();
    for (String path : paths) {
      int[] window = vocabulary.withBos(tokens.of(path));
      windows.add(new TokenizedUtterance(window, tokens.cues(path), Optional.empty()));
    }
    List<EmotionEstimate> estimates = engine.estimateWithoutMemory(windows);
    for (int i = 0; i < paths.size(); i++) {
      byPath.put(paths.get(i), estimates.get(i));
    }
  }
}

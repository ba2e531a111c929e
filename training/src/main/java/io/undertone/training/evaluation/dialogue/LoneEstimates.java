package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.dpm.DynamicParameterMemory;
import io.undertone.model.torch.dpm.Vocabulary;
import io.undertone.model.torch.tokenizer.Delivery;
import io.undertone.training.ProgressLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What clips tell without any context: the emotion behind the begin token and the utterance, and in
 * its voice against all voices. Each clip is read once, beside others of about its length. Runs on
 * the device's owner thread.
 */
final class LoneEstimates {
  private static final int BATCH = 24;

  private final DynamicParameterMemory dpm;
  private final ClipTokens tokens;
  private final Vocabulary vocabulary;
  private final Map<String, EmotionEstimate> byPath = new HashMap<>();

  LoneEstimates(DynamicParameterMemory dpm, ClipTokens tokens, Vocabulary vocabulary) {
    this.dpm = dpm;
    this.tokens = tokens;
    this.vocabulary = vocabulary;
  }

  /** One estimate a turn. */
  List<EmotionEstimate> of(Dialogue dialogue) {
    return dialogue.turns().stream().map(turn -> byPath.get(turn.path())).toList();
  }

  /** Reads all clips of the dialogues that were not read before. */
  void prepare(List<Dialogue> dialogues, ProgressLog progress) {
    List<String> paths =
        dialogues.stream()
            .flatMap(dialogue -> dialogue.turns().stream())
            .map(Turn::path)
            .distinct()
            .filter(path -> !byPath.containsKey(path))
            .sorted(Comparator.comparingInt(path -> tokens.of(path).length))
            .toList();
    for (int from = 0; from < paths.size(); from += BATCH) {
      List<String> batch = paths.subList(from, Math.min(paths.size(), from + BATCH));
      read(batch);
      progress.report("clips alone", from + batch.size(), paths.size());
    }
  }

  private void read(List<String> paths) {
    List<int[]> windows = new ArrayList<>();
    List<Delivery> deliveries = new ArrayList<>();
    for (String path : paths) {
      windows.add(vocabulary.begun(tokens.of(path)));
      deliveries.add(tokens.delivery(path));
    }
    List<EmotionEstimate> estimates = dpm.estimateWithoutMemory(windows, deliveries);
    for (int i = 0; i < paths.size(); i++) {
      byPath.put(paths.get(i), estimates.get(i));
    }
  }
}

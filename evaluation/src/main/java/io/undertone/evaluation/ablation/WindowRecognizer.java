package io.undertone.evaluation.ablation;

import io.undertone.evaluation.dialogue.Conditions;
import io.undertone.evaluation.dialogue.DialogueRunner;
import io.undertone.evaluation.dialogue.EvaluatedChannel;
import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.evaluation.dialogue.MemoryPlan;
import io.undertone.evaluation.dialogue.TurnRecognizer;
import io.undertone.evaluation.dialogue.UtteranceUpdates;
import io.undertone.evaluation.dialogue.Windows;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.TokenLearningChanges;
import io.undertone.model.torch.memory.TokenLearningConfig;
import io.undertone.model.torch.memory.TokenLearningEngine;
import io.undertone.model.torch.memory.TokenizedUtterance;
import io.undertone.training.corpus.Dialogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Memories learn each utterance as in a job, and estimates are read from windows of several
 * lengths, without and with memory. What a memory learns does not depend on the window, so one run
 * serves all lengths.
 */
final class WindowRecognizer implements TurnRecognizer {

  /**
   * Bound of rows · length² of a batch, which the size of its attention weights is proportional to.
   */
  private static final long LARGEST_READING = 1L << 23;

  private final TokenLearningEngine engine;
  private final MemoryPlan plan;
  private final List<Integer> lengths;

  /**
   * @param engine whose window is the longest of the lengths
   * @param lengths in tokens
   */
  private WindowRecognizer(TokenLearningEngine engine, MemoryPlan plan, List<Integer> lengths) {
    this.engine = engine;
    this.plan = plan;
    this.lengths = lengths;
  }

  /** The name of a condition at a window's length. */
  static String at(String condition, int windowTokens) {
    return condition + windowTokens;
  }

  /**
   * Estimates all turns with windows of some lengths.
   *
   * @param lengths in tokens
   */
  static List<EvaluatedDialogue> run(
      DialogueRunner runner, List<Dialogue> dialogues, MemoryPlan plan, List<Integer> lengths) {
    int longest = lengths.stream().max(Integer::compare).orElseThrow();
    TokenLearningConfig memory = plan.with(TokenLearningChanges.ofWindow(longest)).tokenLearning();
    try (TokenLearningEngine engine = memory.open(runner.context())) {
      return runner.run(
          "turns with windows",
          dialogues,
          memory,
          engine,
          new WindowRecognizer(engine, plan, lengths));
    }
  }

  @Override
  public Map<String, List<EmotionEstimate>> recognize(
      List<EvaluatedChannel> channels, List<TokenizedUtterance> utterances) {
    List<LiveMemory> memories = EvaluatedChannel.memories(channels);
    new UtteranceUpdates(engine, plan.tokenLearning().prefixTokens())
        .run(plan.passes(), memories, utterances);
    engine.append(memories, utterances.stream().map(TokenizedUtterance::tokens).toList());
    Map<String, List<EmotionEstimate>> estimates = new LinkedHashMap<>();
    for (int length : lengths) {
      estimates.put(at(Conditions.WINDOW, length), read(memories, length, this::withoutMemory));
      estimates.put(at(Conditions.MEMORY, length), read(memories, length, engine::estimate));
    }
    return estimates;
  }

  private List<EmotionEstimate> withoutMemory(List<LiveMemory> memories, int length) {
    return engine.estimateWithoutMemory(Windows.last(memories, length));
  }

  private static List<EmotionEstimate> read(
      List<LiveMemory> memories,
      int length,
      BiFunction<List<LiveMemory>, Integer, List<EmotionEstimate>> reader) {
    int rows = (int) Math.max(1, LARGEST_READING / ((long) length * length));
    List<EmotionEstimate> estimates = new ArrayList<>();
    for (int from = 0; from < memories.size(); from += rows) {
      List<LiveMemory> part = memories.subList(from, Math.min(memories.size(), from + rows));
      estimates.addAll(reader.apply(part, length));
    }
    return estimates;
  }
}

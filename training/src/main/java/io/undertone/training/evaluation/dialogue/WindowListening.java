package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.SpokenUtterance;
import io.undertone.model.torch.memory.TokenLearningEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Learns as {@link UtteranceListening}, and reads windows of many lengths, without and with the
 * memory. What a memory learns does not depend on the window, so one run serves all lengths.
 */
final class WindowListening implements Listening {

  /** A window's square times its rows: the attention weights of a batch are in proportion. */
  private static final long LARGEST_READING = 1L << 23;

  private final TokenLearningEngine engine;
  private final MemoryPlan plan;
  private final List<Integer> lengths;

  /**
   * @param engine whose window is the longest of the lengths
   * @param lengths in tokens
   */
  WindowListening(TokenLearningEngine engine, MemoryPlan plan, List<Integer> lengths) {
    this.engine = engine;
    this.plan = plan;
    this.lengths = lengths;
  }

  /** The condition's name at a window's length. */
  static String at(String condition, int windowTokens) {
    return condition + windowTokens;
  }

  @Override
  public Map<String, List<EmotionEstimate>> hear(
      List<EvaluatedChannel> channels, List<SpokenUtterance> utterances) {
    List<LiveMemory> memories = channels.stream().map(EvaluatedChannel::memory).toList();
    new UtteranceLearning(engine, plan.tokenLearning().prefixTokens())
        .run(plan.passes(), memories, utterances);
    engine.append(memories, utterances.stream().map(SpokenUtterance::tokens).toList());
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

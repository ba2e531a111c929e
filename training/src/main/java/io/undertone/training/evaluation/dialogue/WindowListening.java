package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.dpm.DynamicParameterMemory;
import io.undertone.model.torch.dpm.TemporaryLora;
import io.undertone.model.torch.tokenizer.Delivery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Learns as {@link UtteranceListening}, and reads windows of many lengths, without and with the
 * memory. What a memory learns does not depend on the window, so one hearing serves all lengths.
 */
final class WindowListening implements Listening {

  /** A window's square times its rows: the attention weights of a batch are in proportion. */
  private static final long LARGEST_READING = 1L << 23;

  private final DynamicParameterMemory dpm;
  private final MemoryPlan plan;
  private final List<Integer> lengths;

  /**
   * @param dpm whose window is the longest of the lengths
   * @param lengths in tokens
   */
  WindowListening(DynamicParameterMemory dpm, MemoryPlan plan, List<Integer> lengths) {
    this.dpm = dpm;
    this.plan = plan;
    this.lengths = lengths;
  }

  /** The condition's name at a window's length. */
  static String at(String condition, int windowTokens) {
    return condition + windowTokens;
  }

  @Override
  public Map<String, List<EmotionEstimate>> hear(
      List<Call> calls, List<int[]> utterances, List<Delivery> deliveries) {
    List<TemporaryLora> memories = calls.stream().map(Call::memory).toList();
    for (int pass = 0; pass < plan.passes(); pass++) {
      UtteranceListening.learn(dpm, plan, memories, utterances);
    }
    dpm.remember(memories, utterances);
    Map<String, List<EmotionEstimate>> estimates = new LinkedHashMap<>();
    for (int length : lengths) {
      estimates.put(
          at(Conditions.WINDOW, length), read(memories, length, dpm::estimateWithoutMemory));
      estimates.put(at(Conditions.MEMORY, length), read(memories, length, dpm::estimate));
    }
    return estimates;
  }

  private static List<EmotionEstimate> read(
      List<TemporaryLora> memories,
      int length,
      BiFunction<List<TemporaryLora>, Integer, List<EmotionEstimate>> reader) {
    int rows = (int) Math.max(1, LARGEST_READING / ((long) length * length));
    List<EmotionEstimate> estimates = new ArrayList<>();
    for (int from = 0; from < memories.size(); from += rows) {
      List<TemporaryLora> part = memories.subList(from, Math.min(memories.size(), from + rows));
      estimates.addAll(reader.apply(part, length));
    }
    return estimates;
  }
}

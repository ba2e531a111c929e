package io.undertone.evaluation.ablation;

import io.undertone.evaluation.dialogue.EvaluatedChannel;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.Recognition;
import io.undertone.model.torch.device.CoreTime;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.MemoryEngine;
import io.undertone.model.torch.memory.TokenizedUtterance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Additional memories of channels, which read their prefixes every few utterances. */
final class RefreshedMemories implements AutoCloseable {
  private final int refreshUtterances;
  private final MemoryEngine engine;
  private final DriftMeter meter = new DriftMeter();
  private final Map<EvaluatedChannel, LiveMemory> byChannel = new HashMap<>();
  private List<LiveMemory> memories = List.of();
  private List<EmotionEstimate> estimates = List.of();

  /**
   * @param engine with this refresh; closed with this object
   */
  RefreshedMemories(int refreshUtterances, MemoryEngine engine) {
    this.refreshUtterances = refreshUtterances;
    this.engine = engine;
  }

  /**
   * Gives each new channel a memory that starts as its own does, and closes those of closed
   * channels.
   */
  void follow(List<EvaluatedChannel> channels) {
    for (Map.Entry<EvaluatedChannel, LiveMemory> entry : Map.copyOf(byChannel).entrySet()) {
      if (entry.getKey().isClosed()) {
        entry.getValue().close();
        byChannel.remove(entry.getKey());
      }
    }
    memories = channels.stream().map(this::memory).toList();
  }

  private LiveMemory memory(EvaluatedChannel channel) {
    return byChannel.computeIfAbsent(channel, any -> engine.restore(channel.snapshot()).get());
  }

  /** Recognizes an utterance of each channel, and measures the processor time. */
  void recognize(List<TokenizedUtterance> utterances) {
    long nanos =
        CoreTime.nanos(
            () ->
                estimates =
                    engine.recognize(memories, utterances).stream()
                        .map(Recognition::estimate)
                        .toList());
    meter.addTime(nanos, memories.size());
  }

  void compareWith(RefreshedMemories exact) {
    for (int row = 0; row < memories.size(); row++) {
      meter.compare(
          memories.get(row), estimates.get(row), exact.memories.get(row), exact.estimates.get(row));
    }
  }

  int refreshUtterances() {
    return refreshUtterances;
  }

  /** The estimates of the last utterances. */
  List<EmotionEstimate> estimates() {
    return estimates;
  }

  /** The drift so far. */
  Drift drift() {
    return meter.drift();
  }

  /** Closes all memories too. */
  @Override
  public void close() {
    engine.close();
  }
}

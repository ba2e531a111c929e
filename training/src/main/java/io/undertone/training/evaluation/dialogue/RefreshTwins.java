package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.Recognition;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.MemoryEngine;
import io.undertone.model.torch.memory.SpokenUtterance;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Second memories of channels, which read their prefixes every few utterances. */
final class RefreshTwins implements AutoCloseable {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final int refreshUtterances;
  private final MemoryEngine engine;
  private final DriftMeter meter = new DriftMeter();
  private final Map<EvaluatedChannel, LiveMemory> twins = new HashMap<>();
  private List<LiveMemory> memories = List.of();
  private List<EmotionEstimate> estimates = List.of();

  /**
   * @param engine reads prefixes so often; closed with this
   */
  RefreshTwins(int refreshUtterances, MemoryEngine engine) {
    this.refreshUtterances = refreshUtterances;
    this.engine = engine;
  }

  /**
   * Gives each new channel a twin that starts with its memory, and closes those of closed channels.
   */
  void follow(List<EvaluatedChannel> channels) {
    for (Map.Entry<EvaluatedChannel, LiveMemory> twin : Map.copyOf(twins).entrySet()) {
      if (twin.getKey().isClosed()) {
        twin.getValue().close();
        twins.remove(twin.getKey());
      }
    }
    memories = channels.stream().map(this::twin).toList();
  }

  private LiveMemory twin(EvaluatedChannel channel) {
    return twins.computeIfAbsent(channel, any -> engine.restore(channel.snapshot()).get());
  }

  /** Recognizes an utterance of each channel, and measures the time that it takes. */
  void hear(List<SpokenUtterance> utterances) {
    long begin = THREADS.getCurrentThreadCpuTime();
    List<Recognition> heard = engine.recognize(memories, utterances);
    meter.took(THREADS.getCurrentThreadCpuTime() - begin, memories.size());
    estimates = heard.stream().map(Recognition::estimate).toList();
  }

  void compareWith(RefreshTwins exact) {
    for (int call = 0; call < memories.size(); call++) {
      meter.compare(
          memories.get(call),
          estimates.get(call),
          exact.memories.get(call),
          exact.estimates.get(call));
    }
  }

  int refreshUtterances() {
    return refreshUtterances;
  }

  /** Of what was heard last. */
  List<EmotionEstimate> estimates() {
    return estimates;
  }

  /** What was measured so far. */
  Drift drift() {
    return meter.drift();
  }

  /** Closes all memories too. */
  @Override
  public void close() {
    engine.close();
  }
}

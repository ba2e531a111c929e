package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.Recognition;
import io.undertone.model.torch.dpm.DynamicParameterMemory;
import io.undertone.model.torch.dpm.TemporaryLora;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Memories of calls beside the calls' own, which read their prefixes as often as they are told. */
final class RefreshTwins implements AutoCloseable {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final int refreshUtterances;
  private final DynamicParameterMemory dpm;
  private final DriftMeter meter = new DriftMeter();
  private final Map<Call, TemporaryLora> twins = new HashMap<>();
  private List<TemporaryLora> memories = List.of();
  private List<EmotionEstimate> estimates = List.of();

  /**
   * @param dpm reads prefixes so often; closed with this
   */
  RefreshTwins(int refreshUtterances, DynamicParameterMemory dpm) {
    this.refreshUtterances = refreshUtterances;
    this.dpm = dpm;
  }

  /** Makes sure that each call has a twin that begins as it does, and none that is over. */
  void follow(List<Call> calls) {
    for (Map.Entry<Call, TemporaryLora> twin : Map.copyOf(twins).entrySet()) {
      if (twin.getKey().isOver()) {
        twin.getValue().close();
        twins.remove(twin.getKey());
      }
    }
    memories = calls.stream().map(this::twin).toList();
  }

  private TemporaryLora twin(Call call) {
    return twins.computeIfAbsent(call, any -> dpm.restore(call.memory().snapshot("")));
  }

  /** Hears an utterance of each call, and measures how long that takes. */
  void hear(List<int[]> utterances) {
    long begin = THREADS.getCurrentThreadCpuTime();
    List<Recognition> heard = dpm.hear(memories, utterances);
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
    dpm.close();
  }
}

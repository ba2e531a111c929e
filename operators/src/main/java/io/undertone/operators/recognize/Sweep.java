package io.undertone.operators.recognize;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.util.function.ThrowingRunnable;

/** Visits all saved calls: those that are not on the device, too, of which nothing else reminds. */
final class Sweep {
  /** A channel is erased at most a tenth of its time to live too late. */
  private static final int PER_TIME_TO_LIVE = 10;

  private final KeyedStateBackend<String> backend;
  private final CallStates states;
  private final List<MapStateDescriptor<Integer, ?>> descriptors;
  private final long timeToLiveMs;
  private long lastMs;

  /**
   * @param descriptors of the states whose keys are calls
   */
  Sweep(
      KeyedStateBackend<String> backend,
      CallStates states,
      List<MapStateDescriptor<Integer, ?>> descriptors,
      long timeToLiveMs) {
    this.backend = backend;
    this.states = states;
    this.descriptors = descriptors;
    this.timeToLiveMs = timeToLiveMs;
  }

  /** Checks that all saved calls can be decrypted. Changes the current key. */
  void requireKeys() throws Exception {
    for (MapStateDescriptor<Integer, ?> descriptor : descriptors) {
      visit(descriptor, states::requireKeys);
    }
  }

  /**
   * Erases expired channels if it is time, as long as keyed state has all updates. Changes the
   * current key.
   */
  void run(long nowMs) throws Exception {
    long untilMs = nowMs - timeToLiveMs;
    if (untilMs < 0 || nowMs - lastMs < timeToLiveMs / PER_TIME_TO_LIVE) {
      return;
    }
    lastMs = nowMs;
    for (MapStateDescriptor<Integer, ?> descriptor : descriptors) {
      visit(descriptor, () -> states.eraseUntil(untilMs));
    }
  }

  private <T> void visit(
      MapStateDescriptor<Integer, T> descriptor, ThrowingRunnable<Exception> visitor)
      throws Exception {
    backend.<VoidNamespace, MapState<Integer, T>, Map<Integer, T>>applyToAllKeys(
        VoidNamespace.INSTANCE,
        VoidNamespaceSerializer.INSTANCE,
        descriptor,
        (key, state) -> visitor.run());
  }
}

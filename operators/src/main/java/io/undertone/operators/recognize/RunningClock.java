package io.undertone.operators.recognize;

import java.util.List;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;

/**
 * How long the job has run, in ms, over all its restarts. It stands still while the job is down, so
 * that nothing expires then: the audio that would have renewed it waits in Kafka.
 */
final class RunningClock {
  private final LongSupplier wallMs;
  private final ListState<Long> saved;
  private final long openedMs;
  private final long beforeMs;
  private long nowMs;

  private RunningClock(LongSupplier wallMs, ListState<Long> saved, long beforeMs) {
    this.wallMs = wallMs;
    this.saved = saved;
    this.beforeMs = beforeMs;
    openedMs = wallMs.getAsLong();
    nowMs = beforeMs;
  }

  /** Goes on from the last checkpoint, or from 0 without one. */
  static RunningClock of(StateInitializationContext context, LongSupplier wallMs) throws Exception {
    // Each subtask reads the clocks of all, which differ by what their starts differed.
    ListState<Long> saved =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("running-ms", Types.LONG));
    long beforeMs = 0;
    for (long clockMs : saved.get()) {
      beforeMs = Math.max(beforeMs, clockMs);
    }
    return new RunningClock(wallMs, saved, beforeMs);
  }

  /** The time since the job's first start without the time that it was down. Never decreases. */
  long nowMs() {
    nowMs = Math.max(nowMs, beforeMs + wallMs.getAsLong() - openedMs);
    return nowMs;
  }

  /** Adds the time to the checkpoint. */
  void save() throws Exception {
    saved.update(List.of(nowMs()));
  }
}

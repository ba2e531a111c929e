package io.undertone.operators.order;

import io.undertone.operators.state.CallOrder;
import java.time.Duration;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Keyed state: what is kept of an ended call. The stage erases it by a timer.
 *
 * <p>Former savepoints have it in the state {@code ended-call}, whose time to live follows the
 * clock, also while no job runs. It moves when a chunk of the call arrives.
 */
final class Tombstones {
  private final ValueState<CallOrder> tombstone;
  private final ValueState<CallOrder> former;

  private Tombstones(ValueState<CallOrder> tombstone, ValueState<CallOrder> former) {
    this.tombstone = tombstone;
    this.former = former;
  }

  static Tombstones of(RuntimeContext runtime, CallLimits limits) {
    AvroTypeInfo<CallOrder> type = new AvroTypeInfo<>(CallOrder.class);
    ValueStateDescriptor<CallOrder> former = new ValueStateDescriptor<>("ended-call", type);
    former.enableTimeToLive(
        StateTtlConfig.newBuilder(Duration.ofMillis(limits.deniedTtlMs()))
            .updateTtlOnReadAndWrite()
            .build());
    return new Tombstones(
        runtime.getState(new ValueStateDescriptor<>("tombstone", type)), runtime.getState(former));
  }

  @Nullable CallOrder get() throws Exception {
    CallOrder current = tombstone.value();
    return current == null ? former.value() : current;
  }

  /** The tombstone, unless it is still in the form of former savepoints. */
  @Nullable CallOrder current() throws Exception {
    return tombstone.value();
  }

  void put(CallOrder ended) throws Exception {
    tombstone.update(ended);
    former.clear();
  }

  void clear() {
    tombstone.clear();
    former.clear();
  }
}

package io.undertone.operators.order;

import io.undertone.operators.state.CallOrder;
import java.time.Duration;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;

/**
 * Keyed state of the order stage.
 *
 * @param call the call in progress
 * @param ended tombstone of an ended call; expires once nothing more arrives
 * @param waiting chunks that arrived before their turn
 */
record OrderState(ValueState<CallOrder> call, ValueState<CallOrder> ended, WaitingChunks waiting) {

  static OrderState of(RuntimeContext runtime, OrderOptions options) {
    AvroTypeInfo<CallOrder> callType = new AvroTypeInfo<>(CallOrder.class);
    ValueStateDescriptor<CallOrder> ended = new ValueStateDescriptor<>("ended-call", callType);
    // Reads extend the time to live: a denied call stays denied while anything arrives.
    ended.enableTimeToLive(
        StateTtlConfig.newBuilder(Duration.ofMillis(options.tombstoneTtlMs()))
            .updateTtlOnReadAndWrite()
            .build());
    return new OrderState(
        runtime.getState(new ValueStateDescriptor<>("call", callType)),
        runtime.getState(ended),
        WaitingChunks.of(runtime));
  }
}

package io.undertone.operators.order;

import io.undertone.operators.encryption.StateCipher;
import io.undertone.operators.state.CallOrder;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;

/**
 * Keyed state of the order stage.
 *
 * @param call the call in progress
 * @param ended what is kept of an ended call
 * @param waiting chunks that arrived before their turn
 */
record OrderState(ValueState<CallOrder> call, Tombstones ended, WaitingChunks waiting) {

  static OrderState of(RuntimeContext runtime, CallLimits limits, StateCipher cipher) {
    return new OrderState(
        runtime.getState(new ValueStateDescriptor<>("call", new AvroTypeInfo<>(CallOrder.class))),
        Tombstones.of(runtime, limits),
        WaitingChunks.of(runtime, cipher));
  }
}

package io.undertone.operators.order;

import io.undertone.operators.decode.Chunk;
import io.undertone.operators.state.CallOrder;
import java.time.Duration;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;

/**
 * Keyed state of the order stage.
 *
 * @param call a call in progress
 * @param ended what is kept of an ended call; it expires when nothing more comes
 * @param waiting chunks that came before their turn
 */
record OrderState(
    ValueState<CallOrder> call,
    ValueState<CallOrder> ended,
    MapState<ChunkPosition, Chunk> waiting) {

  static OrderState of(RuntimeContext runtime, OrderOptions options) {
    AvroTypeInfo<CallOrder> callType = new AvroTypeInfo<>(CallOrder.class);
    ValueStateDescriptor<CallOrder> ended = new ValueStateDescriptor<>("ended-call", callType);
    // Reading extends the life: a denied call stays denied as long as anything comes.
    ended.enableTimeToLive(
        StateTtlConfig.newBuilder(Duration.ofMillis(options.tombstoneTtlMs()))
            .updateTtlOnReadAndWrite()
            .build());
    return new OrderState(
        runtime.getState(new ValueStateDescriptor<>("call", callType)),
        runtime.getState(ended),
        runtime.getMapState(
            new MapStateDescriptor<>(
                "waiting-chunks",
                TypeInformation.of(ChunkPosition.class),
                TypeInformation.of(Chunk.class))));
  }
}

package io.undertone.operators.order;

import io.undertone.operators.CallEnd;
import io.undertone.operators.decode.Chunk;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;

/** Brings the chunks of each channel into their order and ends calls. */
public final class OrderFunction
    extends KeyedProcessFunction<String, Chunk, Either<OrderedChunk, CallEnd>> {
  private static final long serialVersionUID = 1L;

  private final OrderOptions options;

  public OrderFunction(OrderOptions options) {
    this.options = options;
  }

  @Override
  public void processElement(
      Chunk chunk, Context context, Collector<Either<OrderedChunk, CallEnd>> out) {
    throw new UnsupportedOperationException("to come: " + options);
  }
}

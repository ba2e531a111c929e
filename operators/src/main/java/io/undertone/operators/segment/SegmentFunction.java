package io.undertone.operators.segment;

import io.undertone.operators.CallEnd;
import io.undertone.operators.order.OrderedChunk;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;

/** Decodes ordered chunks and cuts them into utterances. */
public final class SegmentFunction
    extends KeyedProcessFunction<
        String, Either<OrderedChunk, CallEnd>, Either<SpokenUtterance, CallEnd>> {
  private static final long serialVersionUID = 1L;

  private final SegmentOptions options;

  public SegmentFunction(SegmentOptions options) {
    this.options = options;
  }

  @Override
  public void processElement(
      Either<OrderedChunk, CallEnd> step,
      Context context,
      Collector<Either<SpokenUtterance, CallEnd>> out) {
    throw new UnsupportedOperationException("to come: " + options);
  }
}

package io.undertone.operators.decode;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Reads records; bad ones go to {@link io.undertone.operators.DeadLetters#TAG}. */
public final class DecodeFunction extends ProcessFunction<IncomingRecord, Chunk> {
  private static final long serialVersionUID = 1L;

  private final DecodeOptions options;

  public DecodeFunction(DecodeOptions options) {
    this.options = options;
  }

  @Override
  public void processElement(IncomingRecord record, Context context, Collector<Chunk> out) {
    throw new UnsupportedOperationException("to come: " + options);
  }
}

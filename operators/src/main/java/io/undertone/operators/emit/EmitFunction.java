package io.undertone.operators.emit;

import io.undertone.operators.CallEnd;
import io.undertone.operators.recognize.RecognizedUtterance;
import io.undertone.schemas.EmotionEvent;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;

/** Makes events of estimates, and one more when a call has ended. */
public final class EmitFunction
    extends KeyedProcessFunction<String, Either<RecognizedUtterance, CallEnd>, EmotionEvent> {
  private static final long serialVersionUID = 1L;

  @Override
  public void processElement(
      Either<RecognizedUtterance, CallEnd> step, Context context, Collector<EmotionEvent> out) {
    throw new UnsupportedOperationException("to come");
  }
}

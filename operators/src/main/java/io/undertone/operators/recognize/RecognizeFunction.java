package io.undertone.operators.recognize;

import io.undertone.model.EmotionModelFactory;
import io.undertone.operators.CallEnd;
import io.undertone.operators.segment.SpokenUtterance;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;

/** Hears utterances with the memory of their call. */
public final class RecognizeFunction
    extends KeyedProcessFunction<
        String, Either<SpokenUtterance, CallEnd>, Either<RecognizedUtterance, CallEnd>> {
  private static final long serialVersionUID = 1L;

  private final RecognizeOptions options;
  private final EmotionModelFactory models;

  public RecognizeFunction(RecognizeOptions options, EmotionModelFactory models) {
    this.options = options;
    this.models = models;
  }

  @Override
  public void processElement(
      Either<SpokenUtterance, CallEnd> step,
      Context context,
      Collector<Either<RecognizedUtterance, CallEnd>> out) {
    throw new UnsupportedOperationException("to come: " + options + models);
  }
}

package io.undertone.operators.testing;

import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/** A keyed stage of the road, and the types at its ends. */
public record StageDefinition<I, O>(
    Supplier<OneInputStreamOperator<I, O>> operator,
    KeySelector<I, String> key,
    TypeInformation<I> input,
    TypeInformation<O> output) {

  /** A stage that is a function. */
  static <I, O> StageDefinition<I, O> of(
      Supplier<KeyedProcessFunction<String, I, O>> function,
      KeySelector<I, String> key,
      TypeInformation<I> input,
      TypeInformation<O> output) {
    return new StageDefinition<>(
        () -> new KeyedProcessOperator<>(function.get()), key, input, output);
  }
}

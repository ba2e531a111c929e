package io.undertone.operators.testing;

import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/** A keyed stage and its input and output types. */
public record StageDefinition<I, O>(
    Supplier<OneInputStreamOperator<I, O>> operator,
    KeySelector<I, String> key,
    TypeInformation<I> input,
    TypeInformation<O> output) {

  /** Defines a stage by its function. */
  static <I, O> StageDefinition<I, O> of(
      Supplier<KeyedProcessFunction<String, I, O>> function,
      KeySelector<I, String> key,
      TypeInformation<I> input,
      TypeInformation<O> output) {
    return new StageDefinition<>(
        () -> new KeyedProcessOperator<>(function.get()), key, input, output);
  }
}

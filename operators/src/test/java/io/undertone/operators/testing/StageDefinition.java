package io.undertone.operators.testing;

import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;

/** A keyed stage of the road, and the types at its ends. */
public record StageDefinition<I, O>(
    Supplier<KeyedProcessFunction<String, I, O>> function,
    KeySelector<I, String> key,
    TypeInformation<I> input,
    TypeInformation<O> output) {}

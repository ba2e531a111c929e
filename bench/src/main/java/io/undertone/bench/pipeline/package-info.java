/** Benchmarks of the whole pipeline, through Kafka and Flink. */
@NullMarked
package io.undertone.bench.pipeline;

import org.jspecify.annotations.NullMarked;

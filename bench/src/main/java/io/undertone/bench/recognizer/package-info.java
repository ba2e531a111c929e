/** Benchmarks of the model alone: throughput by batch size, and the cost of long calls. */
@NullMarked
package io.undertone.bench.recognizer;

import org.jspecify.annotations.NullMarked;

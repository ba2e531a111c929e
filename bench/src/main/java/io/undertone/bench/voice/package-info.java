/** Benchmark of voice activity detection alone. */
@NullMarked
package io.undertone.bench.voice;

import org.jspecify.annotations.NullMarked;

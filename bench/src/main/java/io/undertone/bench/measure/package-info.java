/** Measures and summarizes wall-clock time, processor time and memory. */
@NullMarked
package io.undertone.bench.measure;

import org.jspecify.annotations.NullMarked;

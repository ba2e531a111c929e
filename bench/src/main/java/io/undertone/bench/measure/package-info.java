/** Measuring wall-clock time, processor time and memory, and summarizing the measurements. */
@NullMarked
package io.undertone.bench.measure;

import org.jspecify.annotations.NullMarked;

/** JMH benchmarks of single operations. */
@NullMarked
package io.undertone.bench.jmh;

import org.jspecify.annotations.NullMarked;

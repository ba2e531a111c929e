/** Results of benchmarks and simulations, as text and by name. */
@NullMarked
package io.undertone.bench.report;

import org.jspecify.annotations.NullMarked;

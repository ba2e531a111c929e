/** Pictures of results. */
@NullMarked
package io.undertone.bench.plot;

import org.jspecify.annotations.NullMarked;

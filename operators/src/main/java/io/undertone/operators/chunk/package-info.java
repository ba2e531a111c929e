/** Chunks on their way from decode to segment, and the dead letters they can become. */
@NullMarked
package io.undertone.operators.chunk;

import org.jspecify.annotations.NullMarked;

/** Capacity planning: the resources needed for a number of live calls. */
@NullMarked
package io.undertone.bench.plan;

import org.jspecify.annotations.NullMarked;

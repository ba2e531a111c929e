/** Capacity planning: the resources that a number of live calls needs. */
@NullMarked
package io.undertone.bench.plan;

import org.jspecify.annotations.NullMarked;

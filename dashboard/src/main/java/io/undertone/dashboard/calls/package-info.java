/** The calls of the last hours, in memory and within bounds. */
@NullMarked
package io.undertone.dashboard.calls;

import org.jspecify.annotations.NullMarked;

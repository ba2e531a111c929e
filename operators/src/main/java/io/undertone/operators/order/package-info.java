/** Restores the order of each channel's chunks and detects the end of calls. */
@NullMarked
package io.undertone.operators.order;

import org.jspecify.annotations.NullMarked;

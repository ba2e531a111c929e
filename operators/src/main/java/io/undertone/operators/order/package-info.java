/** From chunks as they come to the chunks of each channel in their order, and the call's end. */
@NullMarked
package io.undertone.operators.order;

import org.jspecify.annotations.NullMarked;

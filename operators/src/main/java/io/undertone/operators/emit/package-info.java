/** Turns estimates into events; keeps the call's trajectory in keyed state. */
@NullMarked
package io.undertone.operators.emit;

import org.jspecify.annotations.NullMarked;

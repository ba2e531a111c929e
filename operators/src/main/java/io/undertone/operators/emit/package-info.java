/** From estimates to published events; keyed state holds the call's trajectory. */
@NullMarked
package io.undertone.operators.emit;

import org.jspecify.annotations.NullMarked;

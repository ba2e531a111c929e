/** Who spoke when in a call, how loud and how fast: what is known without any emotion. */
@NullMarked
package io.undertone.operators.emit.talk;

import org.jspecify.annotations.NullMarked;

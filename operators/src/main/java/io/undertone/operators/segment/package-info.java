/** From ordered chunks to utterances. */
@NullMarked
package io.undertone.operators.segment;

import org.jspecify.annotations.NullMarked;

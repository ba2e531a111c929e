/** Splits ordered chunks into utterances. */
@NullMarked
package io.undertone.operators.segment;

import org.jspecify.annotations.NullMarked;

/** From utterances to estimates; keyed state holds the memory of each call. */
@NullMarked
package io.undertone.operators.recognize;

import org.jspecify.annotations.NullMarked;

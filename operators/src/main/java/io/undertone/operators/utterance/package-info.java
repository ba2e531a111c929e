/** Utterances on their way from segment to emit. */
@NullMarked
package io.undertone.operators.utterance;

import org.jspecify.annotations.NullMarked;

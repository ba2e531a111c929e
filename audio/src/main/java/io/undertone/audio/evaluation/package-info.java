/** Measures voice activity detection on annotated audio. */
@NullMarked
package io.undertone.audio.evaluation;

import org.jspecify.annotations.NullMarked;

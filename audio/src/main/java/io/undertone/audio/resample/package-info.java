/** Converts audio to the working sample rate. */
@NullMarked
package io.undertone.audio.resample;

import org.jspecify.annotations.NullMarked;

/** Where in the audio somebody speaks. */
@NullMarked
package io.undertone.audio.vad;

import org.jspecify.annotations.NullMarked;

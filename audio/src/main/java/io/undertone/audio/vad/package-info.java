/** Detects speech in audio. */
@NullMarked
package io.undertone.audio.vad;

import org.jspecify.annotations.NullMarked;

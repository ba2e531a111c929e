/** From the bytes of one chunk to its waveform. */
@NullMarked
package io.undertone.audio.codec;

import org.jspecify.annotations.NullMarked;

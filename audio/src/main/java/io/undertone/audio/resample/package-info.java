/** From any sample rate to the one that the pipeline works at. */
@NullMarked
package io.undertone.audio.resample;

import org.jspecify.annotations.NullMarked;

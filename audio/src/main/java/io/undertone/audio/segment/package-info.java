/** From a channel's audio, chunk by chunk, to its utterances. */
@NullMarked
package io.undertone.audio.segment;

import org.jspecify.annotations.NullMarked;

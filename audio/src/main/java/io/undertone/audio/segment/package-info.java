/** Splits the audio of a channel into utterances, chunk by chunk. */
@NullMarked
package io.undertone.audio.segment;

import org.jspecify.annotations.NullMarked;

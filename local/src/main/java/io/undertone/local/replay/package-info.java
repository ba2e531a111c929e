/** Plays recordings into a topic, as a telephone system would send a live call. */
@NullMarked
package io.undertone.local.replay;

import org.jspecify.annotations.NullMarked;

/** Plays recordings into a topic, as a telephone system would send a live call. */
@NullMarked
package io.undertone.jobs.replay;

import org.jspecify.annotations.NullMarked;

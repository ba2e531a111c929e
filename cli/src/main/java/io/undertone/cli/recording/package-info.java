/** Recordings on disk as input of commands. */
@NullMarked
package io.undertone.cli.recording;

import org.jspecify.annotations.NullMarked;

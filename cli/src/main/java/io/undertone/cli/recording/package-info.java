/** Recordings on disk, as the commands take them. */
@NullMarked
package io.undertone.cli.recording;

import org.jspecify.annotations.NullMarked;

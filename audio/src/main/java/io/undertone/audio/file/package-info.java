/** Recordings on disk. */
@NullMarked
package io.undertone.audio.file;

import org.jspecify.annotations.NullMarked;

/** Decodes and encodes the payloads of chunks. */
@NullMarked
package io.undertone.audio.codec;

import org.jspecify.annotations.NullMarked;

/**
 * Labelled recordings. {@link io.undertone.training.corpus.Manifest} lists them as {@link
 * io.undertone.training.corpus.Clip}s, and {@link io.undertone.training.corpus.ClipAudio} reads
 * their audio. Start with {@code Clip}.
 */
@NullMarked
package io.undertone.training.corpus;

import org.jspecify.annotations.NullMarked;

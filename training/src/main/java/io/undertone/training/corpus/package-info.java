/**
 * Labelled recordings. {@link io.undertone.training.corpus.Manifest} lists single {@link
 * io.undertone.training.corpus.Clip}s, {@link io.undertone.training.corpus.DialogueFile} lists
 * {@link io.undertone.training.corpus.Dialogue}s of them, and {@link
 * io.undertone.training.corpus.ClipAudio} reads their audio. Start with {@code Clip}.
 */
@NullMarked
package io.undertone.training.corpus;

import org.jspecify.annotations.NullMarked;

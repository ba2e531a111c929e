/**
 * Adapts a finished model to other calls. {@link io.undertone.training.finetuning.FineTuning} makes
 * a copy of a {@link io.undertone.training.finetuning.SourceModel}, fits its utterance head and the
 * means of its voice model to labelled clips, and gives a {@link
 * io.undertone.training.finetuning.Comparison} on development clips.
 */
@NullMarked
package io.undertone.training.finetuning;

import org.jspecify.annotations.NullMarked;

/**
 * Filters and compares the estimates of dialogues. {@link
 * io.undertone.evaluation.comparison.DialogueResult} is the whole result; start there. {@link
 * io.undertone.evaluation.comparison.SpeakerFilter} is the baseline that a memory must beat, and
 * {@link io.undertone.evaluation.comparison.Gain} the difference of two conditions with its
 * interval.
 */
@NullMarked
package io.undertone.evaluation.comparison;

import org.jspecify.annotations.NullMarked;

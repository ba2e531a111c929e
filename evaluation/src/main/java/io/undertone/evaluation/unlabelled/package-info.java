/**
 * Judges recordings without labels by what is estimated for them: the share of each emotion, and
 * alarms an hour. {@link io.undertone.evaluation.unlabelled.UnlabelledResult} is the whole result;
 * start there.
 */
@NullMarked
package io.undertone.evaluation.unlabelled;

import org.jspecify.annotations.NullMarked;

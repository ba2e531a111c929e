/**
 * How much each clip counts, and what is to be predicted for it: the same for the token network,
 * which draws batches with {@link io.undertone.training.sampling.ClipSampler}, and for the
 * utterance head, which weighs all clips with {@link io.undertone.training.sampling.ClipShares}.
 * {@link io.undertone.training.sampling.LabelTargets} are the targets of both.
 */
@NullMarked
package io.undertone.training.sampling;

import org.jspecify.annotations.NullMarked;

/**
 * Makes models, never on a cluster; this package holds what all others share. To see how a model is
 * made, start with {@code recipe}, which runs the stages {@code features}, {@code tokenizer},
 * {@code decoder} and {@code memory} on clips from {@code corpus} and on dialogues from {@code
 * simulation}, each with the optimizer of {@code optimization}. {@code leaveout} judges the recipe,
 * and {@code evaluation} has the metrics of labelled clips.
 */
@NullMarked
package io.undertone.training;

import org.jspecify.annotations.NullMarked;

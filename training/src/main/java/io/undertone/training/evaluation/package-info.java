/**
 * Metrics of a model on labelled clips. {@link io.undertone.training.evaluation.ClipEvaluation}
 * estimates clips one by one and collects {@link io.undertone.training.evaluation.ClipMetrics};
 * start there. {@link io.undertone.training.evaluation.Metrics} has the measures themselves, and
 * {@link io.undertone.training.evaluation.Bootstrap} their intervals.
 */
@NullMarked
package io.undertone.training.evaluation;

import org.jspecify.annotations.NullMarked;

/**
 * Ablations of memories that learn tokens. {@link io.undertone.evaluation.ablation.Ablation} lists
 * the two of the paper, stepping and window lengths, and the refresh of prefixes; start there. Each
 * has a recognizer of its own, and {@link io.undertone.evaluation.ablation.Drift} is what only the
 * refresh measures.
 */
@NullMarked
package io.undertone.evaluation.ablation;

import org.jspecify.annotations.NullMarked;

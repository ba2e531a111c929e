/**
 * What every training stage uses to optimize its weights. {@link
 * io.undertone.training.optimization.TrainableWeights} holds weights, AdamW moments and averages,
 * {@link io.undertone.training.optimization.OneCycle} gives the learning rate of each step, and
 * {@link io.undertone.training.optimization.Rounds} runs a stage so that it can resume after a
 * kill. Start with {@code Rounds}.
 */
@NullMarked
package io.undertone.training.optimization;

import org.jspecify.annotations.NullMarked;

/**
 * The optimizer and the loop that all training stages share. {@link
 * io.undertone.training.optimization.Rounds} runs a stage so that it can resume after a kill; start
 * there. {@link io.undertone.training.optimization.TrainableWeights} holds the weights, their AdamW
 * moments and averages, and {@link io.undertone.training.optimization.OneCycle} is the learning
 * rate schedule.
 */
@NullMarked
package io.undertone.training.optimization;

import org.jspecify.annotations.NullMarked;

/**
 * Makes a model directory from a manifest of labelled clips. {@link
 * io.undertone.training.recipe.Training} runs the stages one after the other; {@link
 * io.undertone.training.recipe.TrainingData} says what it learns from, and {@link
 * io.undertone.training.recipe.TrainingPlan} for how long.
 */
@NullMarked
package io.undertone.training.recipe;

import org.jspecify.annotations.NullMarked;

/**
 * Makes a model from a manifest of labelled clips: features, speech tokenizer, speech language
 * model, in this order. {@link io.undertone.training.Training} is the whole of it.
 */
@NullMarked
package io.undertone.training;

import org.jspecify.annotations.NullMarked;

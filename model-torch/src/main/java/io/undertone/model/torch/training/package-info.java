/**
 * Makes a model from a manifest of labelled clips: features, speech tokenizer, speech language
 * model, in this order. {@link io.undertone.model.torch.training.Training} is the whole of it.
 */
@NullMarked
package io.undertone.model.torch.training;

import org.jspecify.annotations.NullMarked;

package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;

/**
 * What attention finds at some tokens in one layer, as the projections gave it: keys are not
 * rotated yet, so that they fit wherever their tokens come to stand.
 *
 * @param keys (batch, time, keyValueHeads, headWidth)
 * @param values the same shape
 */
public record KeyValues(NDArray keys, NDArray values) {}

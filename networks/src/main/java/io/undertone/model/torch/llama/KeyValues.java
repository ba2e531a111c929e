package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;

/**
 * Keys and values of some tokens in one layer, as projected: the keys are not rotated yet, so they
 * can be reused at other positions.
 *
 * @param keys (batch, time, keyValueHeads, headWidth)
 * @param values the same shape
 */
public record KeyValues(NDArray keys, NDArray values) {}

package io.undertone.model.torch.features;

/**
 * The features of an utterance. The arrays must not be modified.
 *
 * @param rows over time
 * @param statistics of the whole utterance; empty if nothing could be measured
 */
public record UtteranceFeatures(TokenFeatures rows, float[] statistics) {}

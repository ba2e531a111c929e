package io.undertone.model.torch.encoder;

/**
 * Weights of one layer.
 *
 * @param projections to queries, keys and values, one below the other; queries come scaled
 * @param widen from the width to that of the feed-forward part
 * @param narrow back to the width
 * @param heads of the attention
 */
record LayerWeights(
    Affine attentionNorm,
    Affine projections,
    Affine attentionOutput,
    Affine feedForwardNorm,
    Affine widen,
    Affine narrow,
    int heads) {}

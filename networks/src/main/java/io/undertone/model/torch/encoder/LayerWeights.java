package io.undertone.model.torch.encoder;

/**
 * Weights of one encoder layer.
 *
 * @param projections of queries, keys and values, stacked in this order; those of the queries are
 *     pre-scaled
 * @param widen first layer of the feed-forward part
 * @param narrow second layer of the feed-forward part
 * @param heads number of attention heads
 */
record LayerWeights(
    Affine attentionNorm,
    Affine projections,
    Affine attentionOutput,
    Affine feedForwardNorm,
    Affine widen,
    Affine narrow,
    int heads) {}

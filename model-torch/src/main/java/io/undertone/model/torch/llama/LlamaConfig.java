package io.undertone.model.torch.llama;

/**
 * The shape of a Llama decoder.
 *
 * @param width values of the residual stream
 * @param angles how positions rotate queries and keys
 * @param rmsEpsilon what is added to the mean square in a norm
 * @param tiedEmbeddings whether the head uses the embedding's weights
 */
public record LlamaConfig(
    int vocabularySize,
    int width,
    int layers,
    int feedForwardWidth,
    AttentionShape attention,
    RotaryAngles angles,
    double rmsEpsilon,
    boolean tiedEmbeddings) {}

package io.undertone.model.torch.llama.config;

/**
 * The shape of a Llama decoder.
 *
 * @param width values of the residual stream
 * @param angles of the rotary positions
 * @param rmsEpsilon added to the mean square in RMS norm
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
    boolean tiedEmbeddings) {

  /** The same decoder with another number of tokens. */
  public LlamaConfig withVocabularySize(int size) {
    return new LlamaConfig(
        size, width, layers, feedForwardWidth, attention, angles, rmsEpsilon, tiedEmbeddings);
  }
}

package io.undertone.bench.plan;

/**
 * The arithmetic that an utterance needs, in floating point operations: the matrix products of
 * projections, attention, adapters and head, forward and backward. What is cheap beside them
 * (norms, softmax, the optimiser) and what could be left out (padding) counts nothing.
 *
 * <p>Frozen weights have no gradient: the backward pass of a projection costs what its forward pass
 * does, that of an adapter and of attention twice as much. In the first layer gradients go no
 * further back than to what is behind the attention. A memory that learns no tokens costs one pass
 * over the window.
 */
public record Work(ModelShape shape) {

  /** Of one update and one estimate, behind a full prefix, for an utterance's tokens. */
  public double flopsPerUtterance(int tokens) {
    if (shape.prefixTokens() == 0) {
      return forward(shape.windowTokens());
    }
    int learned = shape.prefixTokens() + tokens - 1;
    double forward = forward(learned) + head(tokens);
    double backward = forward - firstLayerSpared(learned) + adapters(learned) + attention(learned);
    return forward + backward + forward(shape.windowTokens());
  }

  private double forward(int tokens) {
    double projections = 2.0 * tokens * shape.layers() * shape.layerWeights();
    return projections + attention(tokens) + adapters(tokens);
  }

  /** Scores and mixtures, over all pairs of tokens. */
  private double attention(int tokens) {
    return 4.0 * tokens * tokens * shape.queryWidth() * shape.layers();
  }

  private double adapters(int tokens) {
    return 2.0 * tokens * shape.memoryParameters();
  }

  private double head(int tokens) {
    return 2.0 * tokens * shape.width() * shape.vocabularySize();
  }

  private double firstLayerSpared(int tokens) {
    double projections =
        2.0 * tokens * shape.width() * (shape.queryWidth() + 2.0 * shape.keyValueWidth());
    double scores = 6.0 * tokens * tokens * shape.queryWidth();
    return projections + scores;
  }
}

package io.undertone.bench.plan;

import io.undertone.model.torch.memory.MemoryCost;
import java.util.OptionalInt;

/**
 * Floating point operations per utterance: the matrix products of the tokenizer, and those of
 * projections, attention, adapters and head, forward and backward. Features, norms, softmax, the
 * optimiser and padding are not counted.
 *
 * <p>Frozen weights have no gradient: the backward pass of a projection costs as much as its
 * forward pass, that of an adapter or of attention twice as much. In the first layer, gradients
 * stop at the input of the attention. An estimate is read at the last position of its window, so at
 * the other positions the last layer computes only keys and values. A memory whose update does not
 * use the decoder costs only this pass.
 */
public record Work(ModelShape shape) {

  /**
   * For one update and one estimate with a full prefix.
   *
   * @param tokens length of the utterance
   */
  public double flopsPerUtterance(int tokens) {
    MemoryCost memory = shape.memory();
    double estimate = shape.tokenizer().flops(tokens) + estimate(memory.windowTokens());
    OptionalInt prefix = memory.learningPrefixTokens();
    return prefix.isEmpty() ? estimate : estimate + update(prefix.getAsInt(), tokens);
  }

  private double update(int prefix, int tokens) {
    int read = prefix + tokens - 1;
    double forward = forward(read) + head(tokens);
    double backward = forward - firstLayerSaving(read) + adapters(read) + attention(read);
    return forward + backward;
  }

  /**
   * All layers but the last at all positions, and the last layer at the last position, whose
   * adapters are not counted.
   */
  private double estimate(int window) {
    double whole = forward(window) * (shape.layers() - 1) / shape.layers();
    long ofOnePosition = shape.layerWeights() - shape.keyAndValueWeights();
    double scores = 4.0 * window * shape.queryWidth();
    return whole + 2.0 * window * shape.keyAndValueWeights() + 2.0 * ofOnePosition + scores;
  }

  private double forward(int tokens) {
    double projections = 2.0 * tokens * shape.layers() * shape.layerWeights();
    return projections + attention(tokens) + adapters(tokens);
  }

  /** Attention scores and weighted sums over all pairs of tokens. */
  private double attention(int tokens) {
    return 4.0 * tokens * tokens * shape.queryWidth() * shape.layers();
  }

  private double adapters(int tokens) {
    return 2.0 * tokens * shape.memory().adapterParameters();
  }

  private double head(int tokens) {
    return 2.0 * tokens * shape.width() * shape.vocabularySize();
  }

  private double firstLayerSaving(int tokens) {
    double projections =
        2.0 * tokens * shape.width() * (shape.queryWidth() + 2.0 * shape.keyValueWidth());
    double scores = 6.0 * tokens * tokens * shape.queryWidth();
    return projections + scores;
  }
}

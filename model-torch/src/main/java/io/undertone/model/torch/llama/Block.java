package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;
import io.undertone.model.torch.llama.Projection.Kind;

/**
 * One layer of the decoder.
 *
 * <pre>
 * stream ─┬─ norm ─ attention ─┬─ join ─┬─ norm ─ gate, up, down ─┬─ join ─
 *         └────────────────────┘        └─────────────────────────┘
 * </pre>
 */
final class Block {
  private final int layer;
  private final LlamaWeights weights;
  private final RmsNorm norm;
  private final Attention attention;
  private final Residual residual;

  Block(int layer, LlamaWeights weights, RmsNorm norm, Attention attention, Residual residual) {
    this.layer = layer;
    this.weights = weights;
    this.norm = norm;
    this.attention = attention;
    this.residual = residual;
  }

  /** stream: (batch, time, width), and so the result */
  NDArray forward(NDArray stream, Positions.OfLength places, Adapter adapter) {
    ProjectionSource projections =
        (kind, input) -> {
          Projection projection = new Projection(layer, kind);
          NDArray output = Linear.apply(input, weights.projection(projection));
          return adapter.adapt(projection, input, output);
        };
    NDArray attended =
        attention.of(norm.of(stream, weights.attentionNorm(layer)), places, projections);
    NDArray middle = residual.join(stream, attended);
    NDArray normed = norm.of(middle, weights.feedForwardNorm(layer));
    return residual.join(middle, feedForward(normed, projections));
  }

  /** SwiGLU (Shazeer, arXiv 2002.05202): {@code down(silu(gate(x)) · up(x))}. */
  private static NDArray feedForward(NDArray input, ProjectionSource projections) {
    NDArray gate = projections.project(Kind.GATE, input);
    NDArray up = projections.project(Kind.UP, input);
    NDArray silu = gate.mul(gate.getNDArrayInternal().sigmoid());
    return projections.project(Kind.DOWN, silu.mul(up));
  }

  /** The block's projections with whatever adapts them. */
  @FunctionalInterface
  interface ProjectionSource {

    /** (batch, time, in) to (batch, time, out) */
    NDArray project(Kind kind, NDArray input);
  }
}

package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;
import io.undertone.model.torch.llama.Projection.Kind;
import java.util.function.UnaryOperator;

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

  /**
   * The positions that the rest of the model needs: all of them, or a few.
   *
   * @param taken (batch, time, width) to (batch, queries, width)
   * @param places of the queries
   */
  record Queries(UnaryOperator<NDArray> taken, Positions.Places places) {}

  /**
   * The positions that queries attend to: the past, then the input.
   *
   * @param places of both, the past's first
   */
  record Seen(Past past, Positions.Places places) {}

  /**
   * Computes keys and values at all positions, everything else at the queries alone.
   *
   * @param stream (batch, time, width)
   * @return (batch, queries, width)
   */
  NDArray forward(NDArray stream, Seen seen, Queries queries, Projector projector) {
    ProjectionSource projections =
        (kind, input) -> {
          Projection projection = new Projection(layer, kind);
          return projector.project(projection, input, weights.projection(projection));
        };
    NDArray normed = norm.of(stream, weights.attentionNorm(layer));
    NDArray attended =
        attention.of(
            queries.taken().apply(normed),
            queries.places(),
            normed,
            seen.places(),
            own -> seen.past().before(layer, own),
            projections);
    NDArray middle = residual.join(queries.taken().apply(stream), attended);
    NDArray normedMiddle = norm.of(middle, weights.feedForwardNorm(layer));
    return residual.join(middle, feedForward(normedMiddle, projections));
  }

  /** SwiGLU (Shazeer, arXiv 2002.05202): {@code down(silu(gate(x)) · up(x))}. */
  private static NDArray feedForward(NDArray input, ProjectionSource projections) {
    NDArray gate = projections.project(Kind.GATE, input);
    NDArray up = projections.project(Kind.UP, input);
    NDArray silu = gate.mul(gate.getNDArrayInternal().sigmoid());
    return projections.project(Kind.DOWN, silu.mul(up));
  }

  /** How a pass multiplies its input by a projection's weight. */
  @FunctionalInterface
  interface Projector {

    /** (batch, time, in) to (batch, time, out) */
    NDArray project(Projection projection, NDArray input, Matrix weight);
  }

  /** The block's projections with their adapter applied. */
  @FunctionalInterface
  interface ProjectionSource {

    /** (batch, time, in) to (batch, time, out) */
    NDArray project(Kind kind, NDArray input);
  }
}

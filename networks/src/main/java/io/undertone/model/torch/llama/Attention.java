package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.llama.Block.ProjectionSource;
import io.undertone.model.torch.llama.Projection.Kind;
import io.undertone.model.torch.llama.config.AttentionShape;
import java.util.function.UnaryOperator;

/** Causal grouped-query attention (Ainslie et al., arXiv 2305.13245). */
final class Attention {
  private final AttentionShape shape;
  private final NDArray scale;

  Attention(AttentionShape shape, LlamaWeights weights) {
    this.shape = shape;
    this.scale = weights.manager().full(new Shape(), (float) (1 / Math.sqrt(shape.headWidth())));
  }

  /**
   * Attention of the queries over all positions up to their own.
   *
   * @param queryInput inputs of the queries, (batch, queries, width)
   * @param input (batch, time, width)
   * @param places positions of all keys: those of the past, then those of the input
   * @param before prepends the keys and values of the past
   * @return (batch, queries, width)
   */
  NDArray of(
      NDArray queryInput,
      Positions.Places queryPlaces,
      NDArray input,
      Positions.Places places,
      UnaryOperator<KeyValues> before,
      ProjectionSource projections) {
    long batch = input.getShape().get(0);
    long queries = queryInput.getShape().get(1);
    NDArray query = heads(projections.project(Kind.QUERY, queryInput), shape.heads());
    KeyValues own =
        new KeyValues(
            heads(projections.project(Kind.KEY, input), shape.keyValueHeads()),
            heads(projections.project(Kind.VALUE, input), shape.keyValueHeads()));
    KeyValues seen = before.apply(own);
    long time = seen.keys().getShape().get(1);
    query = queryPlaces.rotary().rotate(query).mul(scale).transpose(0, 2, 1, 3);
    NDArray key = places.rotary().rotate(seen.keys()).transpose(0, 2, 3, 1);
    NDArray value = seen.values().transpose(0, 2, 1, 3);

    // Queries that share a key are stacked, so that no key is copied.
    long groups = shape.keyValueHeads();
    long groupQueries = shape.queriesPerKey() * queries;
    NDArray scores = query.reshape(batch, groups, groupQueries, shape.headWidth()).matMul(key);
    scores = scores.reshape(batch, shape.heads(), queries, time).add(queryPlaces.mask());
    NDArray shares = scores.softmax(-1).reshape(batch, groups, groupQueries, time);
    NDArray mixed = shares.matMul(value).reshape(batch, shape.heads(), queries, shape.headWidth());
    NDArray joined = mixed.transpose(0, 2, 1, 3).reshape(batch, queries, shape.queryWidth());
    return projections.project(Kind.OUTPUT, joined);
  }

  /** (batch, time, heads · headWidth) to (batch, time, heads, headWidth) */
  private NDArray heads(NDArray projected, int heads) {
    Shape flat = projected.getShape();
    return projected.reshape(flat.get(0), flat.get(1), heads, shape.headWidth());
  }
}

package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * Low-rank adapters: {@code output + scaling · B · A · input} (Hu et al., LoRA, arXiv 2106.09685).
 * Each row of the batch has its own pair of factors, and gradients flow to both.
 */
public final class Lora implements Adapter {

  /**
   * The two factors of one projection.
   *
   * @param loraA (batch, rank, in), or (1, rank, in) for one that all share
   * @param loraB (batch, out, rank), or (1, out, rank)
   */
  public record Pair(NDArray loraA, NDArray loraB) {}

  private final Map<Projection, Pair> pairs;
  private final NDArray scaling;

  /**
   * @param pairs of the adapted projections; others pass unchanged
   * @param scaling alpha / rank, a scalar that outlives this adapter
   */
  public Lora(Map<Projection, Pair> pairs, NDArray scaling) {
    this.pairs = Map.copyOf(pairs);
    this.scaling = scaling;
  }

  @Override
  public NDArray adapt(Projection projection, NDArray input, NDArray output) {
    Pair pair = pairs.get(projection);
    if (pair == null) {
      return output;
    }
    NDArray reduced = input.matMul(pair.loraA().transpose(0, 2, 1)).mul(scaling);
    return output.add(reduced.matMul(pair.loraB().transpose(0, 2, 1)));
  }
}

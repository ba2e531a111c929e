package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.llama.Block.Projector;
import io.undertone.model.torch.llama.config.LlamaConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A Llama decoder (Touvron et al., arXiv 2307.09288): RMS norm, rotary positions, grouped-query
 * attention, SwiGLU.
 *
 * <p>The same code serves three uses. With {@link Adapter#NONE} it infers. With a {@link Lora}
 * whose factors require gradients, only the LoRA learns. With weights that require gradients and
 * {@link Residual#withDropout}, the whole decoder is trained.
 *
 * <p>All methods run on the device's owner thread. Results belong to the manager of their first
 * argument.
 */
public final class Llama {
  private final LlamaWeights weights;
  private final Residual residual;
  private final Positions positions;
  private final RmsNorm norm;
  private final List<Block> blocks = new ArrayList<>();
  private @Nullable DecoderScript script;

  /** A decoder for inference: no dropout. */
  public Llama(LlamaWeights weights) {
    this(weights, Residual.PLAIN);
  }

  /**
   * @param residual how embedding and branches join the residual stream
   */
  public Llama(LlamaWeights weights, Residual residual) {
    LlamaConfig config = weights.config();
    this.weights = weights;
    this.residual = residual;
    this.positions = new Positions(config, weights.manager());
    this.norm = new RmsNorm(config.rmsEpsilon(), weights.manager());
    Attention attention = new Attention(config.attention(), weights);
    for (int layer = 0; layer < config.layers(); layer++) {
      blocks.add(new Block(layer, weights, norm, attention, residual));
    }
  }

  public LlamaConfig config() {
    return weights.config();
  }

  /**
   * The residual stream after the last block, before the final norm.
   *
   * <p>Rows may end in padding of any token: attention is causal, so padding changes nothing before
   * it.
   *
   * @param ids (batch, time), int64
   * @return (batch, time, width)
   */
  public NDArray forward(NDArray ids, Adapter adapter) {
    return forward(ids, adapter, Past.NONE);
  }

  /**
   * The same after tokens whose keys and values are cached.
   *
   * <p>Positions count from the first cached token. Rotary attention depends on differences of
   * positions only, so the absolute positions at caching time do not matter.
   */
  public NDArray forward(NDArray ids, Adapter adapter, Past past) {
    Block.Seen seen = seen(ids, past);
    Block.Queries all = all(ids, past);
    NDArray stream = residual.begin(embed(ids));
    for (Block block : blocks) {
      stream = inScope(block, stream, seen, all, learning(adapter));
    }
    return stream;
  }

  /** The stream after one block alone; stream and result: (batch, time, width). */
  public NDArray forward(int layer, NDArray stream, Adapter adapter) {
    return inScope(
        blocks.get(layer),
        stream,
        seen(stream, Past.NONE),
        all(stream, Past.NONE),
        learning(adapter));
  }

  /**
   * @param sequences (batch, time, …)
   */
  private Block.Seen seen(NDArray sequences, Past past) {
    return new Block.Seen(
        past, positions.ofLength(length(sequences, past), sequences.getManager()));
  }

  /** Every position is a query. */
  private Block.Queries all(NDArray sequences, Past past) {
    Positions.Places places =
        positions
            .between(past.tokens(), length(sequences, past), sequences.getManager())
            .after(past);
    return new Block.Queries(UnaryOperator.identity(), places);
  }

  private static int length(NDArray sequences, Past past) {
    return Math.toIntExact(past.tokens() + sequences.getShape().get(1));
  }

  /**
   * The same at some positions of each row: the last block computes just the keys and values of the
   * others. The adapter's factors may require gradients.
   *
   * @param ids (batch, time), int64
   * @param positions (batch, chosen), int64, from 0 in the sequence itself
   * @return (batch, chosen, width)
   */
  public NDArray forwardAt(NDArray ids, NDArray positions, Adapter adapter, Past past) {
    return forwardAt(ids, positions, learning(adapter), past);
  }

  /**
   * The same for one position per row. Inference only.
   *
   * @param ids (batch, time), int64
   * @param position (batch), int64, from 0 in the sequence itself
   * @return (batch, width)
   */
  public NDArray forwardTo(NDArray ids, NDArray position, Adapter adapter, Past past) {
    if (weights.isFloat32() && adapter == Adapter.NONE && past == Past.NONE) {
      Rotary rotary = positions.ofLength(length(ids, past), ids.getManager()).rotary();
      return script().forwardTo(ids, position, rotary);
    }
    return forwardAt(ids, position.expandDims(1), reading(adapter), past).squeeze(1);
  }

  private NDArray forwardAt(NDArray ids, NDArray chosen, Projector projector, Past past) {
    long batch = ids.getShape().get(0);
    long time = ids.getShape().get(1);
    NDArray firstOfRow = ids.getManager().arange(0, batch * time, time, DataType.INT64);
    NDArray places = firstOfRow.expandDims(1).add(chosen);
    Block.Seen seen = seen(ids, past);
    Block.Queries all = all(ids, past);
    Block.Queries few =
        new Block.Queries(
            stream -> at(stream, places),
            positions.ofRows(chosen.add(past.tokens()), length(ids, past)).after(past));
    NDArray stream = residual.begin(embed(ids));
    for (Block block : blocks) {
      boolean last = block == blocks.get(blocks.size() - 1);
      stream = inScope(block, stream, seen, last ? few : all, projector);
    }
    return stream;
  }

  /** Made at the first use: a decoder with adapters alone does not need it. */
  private DecoderScript script() {
    if (script == null) {
      script = new DecoderScript(weights);
    }
    return script;
  }

  private static Projector learning(Adapter adapter) {
    return (projection, input, weight) -> adapter.adapt(projection, input, weight.learning(input));
  }

  private static Projector reading(Adapter adapter) {
    return (projection, input, weight) -> adapter.adapt(projection, input, weight.reading(input));
  }

  /** Frees each block's intermediate arrays at once, unless gradients need them. */
  private static NDArray inScope(
      Block block, NDArray stream, Block.Seen seen, Block.Queries queries, Projector projector) {
    NDArray joined;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      joined = block.forward(stream, seen, queries, projector);
      NDScope.unregister(joined);
    }
    NDScope.register(joined);
    return joined;
  }

  /**
   * Chosen positions of a stream.
   *
   * @param stream (batch, time, width)
   * @param places int64 of any shape: {@code row · time + position}
   * @return (shape of places, width)
   */
  public NDArray at(NDArray stream, NDArray places) {
    Shape shape = stream.getShape();
    return Lookup.rows(stream.reshape(shape.get(0) * shape.get(1), shape.get(2)), places);
  }

  /**
   * The final norm and the vocabulary's head.
   *
   * @param stream (…, width), usually of a few positions
   * @return (…, vocabulary)
   */
  public NDArray logits(NDArray stream) {
    return weights.head().learning(normed(stream));
  }

  /**
   * The final norm and a part of the head.
   *
   * @param stream (…, width)
   * @param headRows (tokens, width), from {@link #headRows}
   * @return (…, tokens)
   */
  public NDArray logits(NDArray stream, NDArray headRows) {
    return new Matrix.Float32(headRows).learning(normed(stream));
  }

  /** The stream after the final norm: (…, width). */
  public NDArray normed(NDArray stream) {
    return norm.of(stream, weights.finalNorm());
  }

  /**
   * The embedding's rows of some tokens.
   *
   * @param ids (…), int64
   * @return (…, width)
   */
  public NDArray embed(NDArray ids) {
    return weights.embedding().rows(ids);
  }

  /**
   * The head's rows of some tokens.
   *
   * @param tokens (tokens), int64
   * @return (tokens, width)
   */
  public NDArray headRows(NDArray tokens) {
    return weights.head().rows(tokens);
  }
}

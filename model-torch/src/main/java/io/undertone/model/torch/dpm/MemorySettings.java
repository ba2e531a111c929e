package io.undertone.model.torch.dpm;

import io.undertone.model.torch.llama.Projection;
import java.util.List;

/**
 * A memory that learns to foresee the tokens of utterances, as the paper's does.
 *
 * @param rank of the temporary LoRA
 * @param alpha its scaling is {@code alpha / rank}
 * @param targets the projections that it changes, in each layer
 * @param optimizer of the memory update
 * @param prefixTokens n_r of the paper: what an utterance is learned after
 * @param windowTokens n_q of the paper: what the emotion is read from
 */
public record MemorySettings(
    int rank,
    double alpha,
    List<Projection.Kind> targets,
    OptimizerSettings optimizer,
    int prefixTokens,
    int windowTokens)
    implements MemoryRecipe {

  /** A memory for the models that this project trains. */
  public static final MemorySettings TYPICAL =
      new MemorySettings(
          8,
          8,
          List.of(Projection.Kind.VALUE, Projection.Kind.OUTPUT),
          new AdamW.Settings(1e-3, 0.9, 0.999, 1e-7, 0),
          256,
          256);

  public MemorySettings {
    atLeastOne("rank", rank);
    if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("alpha must be above 0 and finite, but is " + alpha);
    }
    atLeastOne("prefixTokens", prefixTokens);
    atLeastOne("windowTokens", windowTokens);
    targets = targets.stream().distinct().sorted().toList();
    atLeastOne("targets", targets.size());
  }

  static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
    }
  }

  double scaling() {
    return alpha / rank;
  }

  /** For both prefix and window. */
  @Override
  public int historyTokens() {
    return Math.max(prefixTokens, windowTokens);
  }
}

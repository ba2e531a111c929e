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
 * @param prefixRefreshUtterances how often a prefix is read: at every k-th utterance, 1 always. At
 *     the others the keys and values that were kept stand for it, see {@link TokenRule}
 */
public record MemorySettings(
    int rank,
    double alpha,
    List<Projection.Kind> targets,
    OptimizerSettings optimizer,
    int prefixTokens,
    int windowTokens,
    int prefixRefreshUtterances)
    implements MemoryRecipe {

  /** A memory for the models that this project trains. */
  public static final MemorySettings TYPICAL =
      new MemorySettings(
          8,
          8,
          List.of(Projection.Kind.VALUE, Projection.Kind.OUTPUT),
          new AdamW.Settings(1e-3, 0.9, 0.999, 1e-7, 0),
          256,
          256,
          1);

  /** A memory that reads its prefix at every utterance. */
  public MemorySettings(
      int rank,
      double alpha,
      List<Projection.Kind> targets,
      OptimizerSettings optimizer,
      int prefixTokens,
      int windowTokens) {
    this(rank, alpha, targets, optimizer, prefixTokens, windowTokens, 1);
  }

  public MemorySettings {
    atLeastOne("rank", rank);
    if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("alpha must be above 0 and finite, but is " + alpha);
    }
    atLeastOne("prefixTokens", prefixTokens);
    atLeastOne("windowTokens", windowTokens);
    atLeastOne("prefixRefreshUtterances", prefixRefreshUtterances);
    if (prefixRefreshUtterances > 1 && prefixTokens > windowTokens) {
      throw new IllegalArgumentException(
          "prefixTokens must be at most windowTokens, whose keys are kept, but are %d and %d"
              .formatted(prefixTokens, windowTokens));
    }
    targets = targets.stream().distinct().sorted().toList();
    atLeastOne("targets", targets.size());
  }

  /** The same with another refresh of prefixes. */
  public MemorySettings withPrefixRefresh(int utterances) {
    return new MemorySettings(
        rank, alpha, targets, optimizer, prefixTokens, windowTokens, utterances);
  }

  /** Whether keys and values are kept between utterances. */
  public boolean reusesPrefix() {
    return prefixRefreshUtterances > 1;
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

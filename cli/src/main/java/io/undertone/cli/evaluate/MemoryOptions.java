package io.undertone.cli.evaluate;

import io.undertone.cli.terminal.UserErrorException;
import io.undertone.evaluation.dialogue.DialogueModel;
import io.undertone.evaluation.dialogue.MemoryPlan;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.MemoryEncoding.OptimizerState;
import io.undertone.model.MemoryEncoding.Weights;
import io.undertone.model.torch.memory.TokenLearningChanges;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Memory settings for experiments. Any option but those of saving selects a memory that learns
 * tokens. Options that are not given keep the model's values, or typical ones if the model's memory
 * does not learn tokens.
 */
final class MemoryOptions {

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description =
          "Learning rate of the memory in dialogues. This and the next options select a memory that"
              + " learns tokens; the others keep the model's values, or typical ones.")
  private @Nullable Double learningRate;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "Optimiser of the memory: ${COMPLETION-CANDIDATES}.")
  private @Nullable Optimizer optimizer;

  @Option(
      names = "--rank",
      paramLabel = "N",
      description = "Rank of the memory; alpha / rank stays the same.")
  private @Nullable Integer rank;

  @Option(
      names = "--prefix",
      paramLabel = "TOKENS",
      description = "Number of tokens that an utterance is learned after.")
  private @Nullable Integer prefixTokens;

  @Option(
      names = "--prefix-refresh",
      paramLabel = "UTTERANCES",
      description =
          "Utterances from one reading of the prefix to the next; the others reuse its keys and"
              + " values. 1 always reads it.")
  private @Nullable Integer prefixRefresh;

  @Option(
      names = "--window",
      paramLabel = "TOKENS",
      description = "Number of tokens that the emotion is read from, with and without memory.")
  private @Nullable Integer windowTokens;

  @Option(
      names = "--passes",
      paramLabel = "N",
      description = "Updates per utterance (default: ${DEFAULT-VALUE}, as in a job).")
  private int passes = 1;

  @Option(
      names = "--targets",
      split = ",",
      paramLabel = "NAME",
      description = "Projections that the memory adapts, for example q_proj,v_proj.")
  private @Nullable List<String> targets;

  @Option(
      names = "--saved-weights",
      paramLabel = "PRECISION",
      description =
          "Save and restore memories after each utterance, with weights in this precision:"
              + " ${COMPLETION-CANDIDATES} (default: fp32 if --saved-optimizer is given).")
  private @Nullable SavedWeights savedWeights;

  @Option(
      names = "--saved-optimizer",
      paramLabel = "FORM",
      description =
          "The same, with the optimiser's state in this form: ${COMPLETION-CANDIDATES} (default:"
              + " kept if --saved-weights is given).")
  private @Nullable SavedOptimizer savedOptimizer;

  /** The model's own memory, or one that learns tokens if any of its options is given. */
  MemoryPlan plan(DialogueModel model) throws UserErrorException {
    boolean learnsTokens = model.memory().tokenLearning().isPresent();
    return learnsTokens || passes != 1 || !changes().isEmpty()
        ? tokenLearningPlan(model)
        : new MemoryPlan(model.memory(), passes, saving());
  }

  /** A memory that learns tokens, with the given options. */
  MemoryPlan tokenLearningPlan(DialogueModel model) throws UserErrorException {
    try {
      return new MemoryPlan(model.tokenLearningMemory().with(changes()), passes, saving());
    } catch (IllegalArgumentException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    }
  }

  private TokenLearningChanges changes() {
    return new TokenLearningChanges(
        rank,
        targets,
        optimizer == null ? null : optimizer.name(),
        learningRate,
        prefixTokens,
        windowTokens,
        prefixRefresh);
  }

  private Optional<MemoryEncoding> saving() {
    if (savedWeights == null && savedOptimizer == null) {
      return Optional.empty();
    }
    return Optional.of(
        new MemoryEncoding(
            savedWeights == null ? Weights.FP32 : savedWeights.weights(),
            savedOptimizer == null ? OptimizerState.KEPT : savedOptimizer.state()));
  }

  /** Precisions as users write them. */
  private enum SavedWeights {
    fp32,
    bf16,
    int8;

    Weights weights() {
      return Weights.valueOf(name().toUpperCase(Locale.ROOT));
    }
  }

  /** Forms of the optimiser's state as users write them. */
  private enum SavedOptimizer {
    kept,
    factored,
    dropped;

    OptimizerState state() {
      return OptimizerState.valueOf(name().toUpperCase(Locale.ROOT));
    }
  }

  /** Optimisers by their names in {@code undertone.json}. */
  private enum Optimizer {
    adamw,
    sgd,
    sign
  }

  /** The settings of an evaluation for its result. */
  static Map<String, Object> json(MemoryPlan plan) {
    Map<String, Object> json = new LinkedHashMap<>(plan.memory().settings());
    json.put("passes", plan.passes());
    plan.saving()
        .ifPresent(
            saving -> {
              json.put("savedWeights", saving.weights().name().toLowerCase(Locale.ROOT));
              json.put("savedOptimizer", saving.optimizerState().name().toLowerCase(Locale.ROOT));
            });
    return json;
  }
}

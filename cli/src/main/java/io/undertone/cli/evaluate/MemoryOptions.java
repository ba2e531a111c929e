package io.undertone.cli.evaluate;

import io.undertone.cli.terminal.UserErrorException;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.MemoryEncoding.OptimizerState;
import io.undertone.model.MemoryEncoding.Weights;
import io.undertone.model.torch.dpm.AdamW;
import io.undertone.model.torch.dpm.GradientDescent;
import io.undertone.model.torch.dpm.GradientDescent.Direction;
import io.undertone.model.torch.dpm.MemoryRecipe;
import io.undertone.model.torch.dpm.MemorySettings;
import io.undertone.model.torch.dpm.OptimizerSettings;
import io.undertone.model.torch.llama.Projection;
import io.undertone.training.evaluation.dialogue.MemoryPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Memory settings for experiments. Where any but those of saving is given, memories learn tokens;
 * what is not given is as the model has it, or as is typical where the model's memories do not.
 */
final class MemoryOptions {

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description =
          "Of the memory in dialogues. This and the next options make memories learn tokens; what is"
              + " not given is as the model has it, or typical.")
  private @Nullable Double learningRate;

  @Option(
      names = "--optimizer",
      paramLabel = "RULE",
      description = "Of the memory: ${COMPLETION-CANDIDATES}.")
  private @Nullable Rule rule;

  @Option(
      names = "--rank",
      paramLabel = "N",
      description = "Of the memory; its scaling, alpha / rank, stays.")
  private @Nullable Integer rank;

  @Option(
      names = "--prefix",
      paramLabel = "TOKENS",
      description = "An utterance is learned after so many tokens.")
  private @Nullable Integer prefixTokens;

  @Option(
      names = "--prefix-refresh",
      paramLabel = "UTTERANCES",
      description =
          "The prefix is read at every so many utterances, and its keys and values are reused at the"
              + " others; 1 reads it always.")
  private @Nullable Integer prefixRefresh;

  @Option(
      names = "--window",
      paramLabel = "TOKENS",
      description = "The emotion is read from so many tokens, with memory and without.")
  private @Nullable Integer windowTokens;

  @Option(
      names = "--passes",
      paramLabel = "N",
      description = "Updates an utterance (default: ${DEFAULT-VALUE}, as the product makes).")
  private int passes = 1;

  @Option(
      names = "--targets",
      split = ",",
      paramLabel = "NAME",
      description = "Projections that the memory changes: q_proj, say.")
  private @Nullable List<String> targets;

  @Option(
      names = "--saved-weights",
      paramLabel = "PRECISION",
      description =
          "Between utterances memories are saved and loaded, with weights in this precision:"
              + " ${COMPLETION-CANDIDATES} (default: fp32 if --saved-optimizer is given).")
  private @Nullable SavedWeights savedWeights;

  @Option(
      names = "--saved-optimizer",
      paramLabel = "FORM",
      description =
          "The same, with the optimiser's state in this form: ${COMPLETION-CANDIDATES} (default:"
              + " kept if --saved-weights is given).")
  private @Nullable SavedOptimizer savedOptimizer;

  /** The model's own memory, or one of tokens if any of its settings was given. */
  MemoryPlan plan(MemoryRecipe model) throws UserErrorException {
    return isGiven() || model instanceof MemorySettings
        ? tokenPlan(model)
        : new MemoryPlan(model, 1, saving());
  }

  private boolean isGiven() {
    return passes != 1
        || Stream.of(learningRate, rule, rank, prefixTokens, windowTokens, prefixRefresh, targets)
            .anyMatch(Objects::nonNull);
  }

  /** A memory that learns tokens, with what was given in the place of the model's settings. */
  MemoryPlan tokenPlan(MemoryRecipe recipe) throws UserErrorException {
    MemorySettings model =
        recipe instanceof MemorySettings settings ? settings : MemorySettings.TYPICAL;
    try {
      int chosenRank = rank == null ? model.rank() : rank;
      return new MemoryPlan(
          new MemorySettings(
              chosenRank,
              model.alpha() / model.rank() * chosenRank,
              targets == null ? model.targets() : Projection.Kind.ofTargets(targets),
              optimizer(model.optimizer()),
              prefixTokens == null ? model.prefixTokens() : prefixTokens,
              windowTokens == null ? model.windowTokens() : windowTokens,
              prefixRefresh == null ? model.prefixRefreshUtterances() : prefixRefresh),
          passes,
          saving());
    } catch (IllegalArgumentException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    }
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

  private OptimizerSettings optimizer(OptimizerSettings model) {
    OptimizerSettings chosen =
        rule == null ? model : rule.settings(model.learningRate(), model.weightDecay());
    double rate = learningRate == null ? chosen.learningRate() : learningRate;
    return chosen.withLearningRate(rate);
  }

  /** The optimisers by the names of their rules. */
  private enum Rule {
    adamw {
      @Override
      OptimizerSettings settings(double learningRate, double weightDecay) {
        return new AdamW.Settings(learningRate, 0.9, 0.999, 1e-7, weightDecay);
      }
    },
    sgd {
      @Override
      OptimizerSettings settings(double learningRate, double weightDecay) {
        return new GradientDescent.Settings(Direction.GRADIENT, learningRate, weightDecay);
      }
    },
    sign {
      @Override
      OptimizerSettings settings(double learningRate, double weightDecay) {
        return new GradientDescent.Settings(Direction.SIGN, learningRate, weightDecay);
      }
    };

    abstract OptimizerSettings settings(double learningRate, double weightDecay);

    static String of(OptimizerSettings settings) {
      return settings instanceof GradientDescent.Settings descent
          ? descent.direction().setting()
          : adamw.name();
    }
  }

  /** What a result was made with. */
  static Map<String, Object> json(MemoryPlan plan) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (!(plan.recipe() instanceof MemorySettings settings)) {
      json.put("learns", "estimates");
      json.put("rank", plan.recipe().rank());
      json.put("windowTokens", plan.recipe().windowTokens());
      putSaving(plan, json);
      return json;
    }
    json.put("learns", "tokens");
    json.put("optimizer", Rule.of(settings.optimizer()));
    json.put("learningRate", settings.optimizer().learningRate());
    json.put("rank", settings.rank());
    json.put("alpha", settings.alpha());
    json.put("prefixTokens", settings.prefixTokens());
    json.put("windowTokens", settings.windowTokens());
    json.put("prefixRefreshUtterances", settings.prefixRefreshUtterances());
    json.put("passes", plan.passes());
    json.put("targets", settings.targets().stream().map(Projection.Kind::target).toList());
    putSaving(plan, json);
    return json;
  }

  private static void putSaving(MemoryPlan plan, Map<String, Object> json) {
    plan.saving()
        .ifPresent(
            saving -> {
              json.put("savedWeights", saving.weights().name().toLowerCase(Locale.ROOT));
              json.put("savedOptimizer", saving.optimizerState().name().toLowerCase(Locale.ROOT));
            });
  }
}

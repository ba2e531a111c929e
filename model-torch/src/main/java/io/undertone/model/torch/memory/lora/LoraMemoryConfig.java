package io.undertone.model.torch.memory.lora;

import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.llama.Projection;
import io.undertone.model.torch.llama.config.AttentionShape;
import io.undertone.model.torch.llama.config.LlamaConfig;
import io.undertone.model.torch.memory.EngineContext;
import io.undertone.model.torch.memory.MemoryCost;
import io.undertone.model.torch.memory.TokenLearningChanges;
import io.undertone.model.torch.memory.TokenLearningConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link LoraMemoryEngine}.
 *
 * @param rank of the temporary LoRA
 * @param alpha the scaling is {@code alpha / rank}
 * @param targets projections that have an adapter, the same in each layer
 * @param optimizer of the memory update
 * @param prefixTokens n_r in the paper
 * @param windowTokens n_q in the paper
 * @param prefixRefreshUtterances the prefix is read again at every k-th utterance; 1 reads it
 *     always. At other utterances the kept keys and values replace it, see {@link DecoderPasses}
 */
public record LoraMemoryConfig(
    int rank,
    double alpha,
    List<Projection.Kind> targets,
    OptimizerSettings optimizer,
    int prefixTokens,
    int windowTokens,
    int prefixRefreshUtterances)
    implements TokenLearningConfig {

  /** The value of {@code learns} in {@code undertone.json}. */
  public static final String LEARNS = "tokens";

  /** Works for models of the default model's size. */
  public static final LoraMemoryConfig TYPICAL =
      new LoraMemoryConfig(
          8,
          8,
          List.of(Projection.Kind.VALUE, Projection.Kind.OUTPUT),
          AdamW.Settings.typical(1e-3, 0),
          256,
          256,
          1);

  private static final String PREFIX_REFRESH = "prefixRefreshUtterances";
  private static final List<String> FIELDS =
      List.of("learns", "rank", "alpha", "targets", "prefixTokens", "windowTokens", PREFIX_REFRESH);

  /** A memory that reads its prefix at every utterance. */
  public LoraMemoryConfig(
      int rank,
      double alpha,
      List<Projection.Kind> targets,
      OptimizerSettings optimizer,
      int prefixTokens,
      int windowTokens) {
    this(rank, alpha, targets, optimizer, prefixTokens, windowTokens, 1);
  }

  public LoraMemoryConfig {
    requireAtLeastOne("rank", rank);
    if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("alpha must be above 0 and finite, but is " + alpha);
    }
    requireAtLeastOne("prefixTokens", prefixTokens);
    requireAtLeastOne("windowTokens", windowTokens);
    requireAtLeastOne("prefixRefreshUtterances", prefixRefreshUtterances);
    if (prefixRefreshUtterances > 1 && prefixTokens > windowTokens) {
      throw new IllegalArgumentException(
          "prefixTokens must be at most windowTokens, whose keys are kept, but are %d and %d"
              .formatted(prefixTokens, windowTokens));
    }
    targets = targets.stream().distinct().sorted().toList();
    requireAtLeastOne("targets", targets.size());
  }

  private static void requireAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
    }
  }

  /** Reads the fields of {@link #settings}. */
  public static LoraMemoryConfig read(JsonObject json) {
    json.refuseOthersThan(
        Stream.concat(FIELDS.stream(), OptimizerSettings.fields(json).stream()).toList());
    return new LoraMemoryConfig(
        json.integer("rank", 1),
        json.number("alpha"),
        Projection.Kind.ofTargets(json.texts("targets")),
        OptimizerSettings.read(json),
        json.integer("prefixTokens", 1),
        json.integer("windowTokens", 1),
        json.has(PREFIX_REFRESH) ? json.integer(PREFIX_REFRESH, 1) : 1);
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("learns", LEARNS);
    settings.put("rank", rank);
    settings.put("alpha", alpha);
    settings.put("targets", targets.stream().map(Projection.Kind::target).toList());
    settings.putAll(optimizer.settings());
    settings.put("prefixTokens", prefixTokens);
    settings.put("windowTokens", windowTokens);
    if (reusesPrefix()) {
      settings.put(PREFIX_REFRESH, prefixRefreshUtterances);
    }
    return settings;
  }

  @Override
  public LoraMemoryConfig with(TokenLearningChanges changes) {
    int newRank = or(changes.rank(), rank);
    List<String> newTargets = changes.targets();
    return new LoraMemoryConfig(
        newRank,
        alpha / rank * newRank,
        newTargets == null ? targets : Projection.Kind.ofTargets(newTargets),
        optimizer.with(changes.optimizer(), changes.learningRate()),
        or(changes.prefixTokens(), prefixTokens),
        or(changes.windowTokens(), windowTokens),
        or(changes.prefixRefreshUtterances(), prefixRefreshUtterances));
  }

  private static int or(@Nullable Integer changed, int present) {
    return changed == null ? present : changed;
  }

  @Override
  public boolean reusesPrefix() {
    return prefixRefreshUtterances > 1;
  }

  double scaling() {
    return alpha / rank;
  }

  int historyTokens() {
    return Math.max(prefixTokens, windowTokens);
  }

  @Override
  public MemoryCost cost(LlamaConfig decoder) {
    long parameters = new LoraLayout(decoder, this).size();
    return new MemoryCost(
        parameters,
        (1L + optimizer.moments()) * Float.BYTES * parameters,
        keptKeysBytes(decoder),
        windowTokens,
        OptionalInt.of(prefixTokens));
  }

  private long keptKeysBytes(LlamaConfig decoder) {
    if (!reusesPrefix()) {
      return 0;
    }
    AttentionShape heads = decoder.attention();
    long tokenBytes = 2L * Float.BYTES * heads.keyValueHeads() * heads.headWidth();
    return tokenBytes * decoder.layers() * windowTokens;
  }

  @Override
  public LoraMemoryEngine open(EngineContext context) {
    return new LoraMemoryEngine(this, context);
  }

  @Override
  public Optional<TokenLearningConfig> tokenLearning() {
    return Optional.of(this);
  }
}

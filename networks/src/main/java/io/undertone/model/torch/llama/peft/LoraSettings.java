package io.undertone.model.torch.llama.peft;

import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.llama.Projection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code adapter_config.json} of a LoRA: which modules it adapts, at which rank and scaling.
 * Settings that would change the result and are not supported are refused by name.
 */
final class LoraSettings {

  /** Must be off: each changes what the adapter computes or adapts. */
  private static final List<String> UNSUPPORTED =
      List.of(
          "fan_in_fan_out",
          "lora_bias",
          "layers_to_transform",
          "layer_replication",
          "exclude_modules",
          "target_parameters",
          "trainable_token_indices",
          "alora_invocation_tokens",
          "loftq_config",
          "corda_config",
          "arrow_config",
          "velora_config",
          "monteclora_config",
          "kasa_config");

  /** Initial values that leave the base weights as they are. */
  private static final Set<String> HARMLESS_STARTS =
      Set.of("true", "false", "gaussian", "eva", "orthogonal");

  private static final String RANK_STABILISED = "use_rslora";
  private static final Set<String> TABLES = Set.of("embed_tokens", "lm_head");

  private final int rank;
  private final double alpha;
  private final boolean rankStabilised;
  private final ModuleNames targets;
  private final Map<Pattern, Integer> ranks;
  private final Map<Pattern, Double> alphas;

  private LoraSettings(JsonObject json) {
    this.rank = json.integer("r", 1);
    this.alpha = json.number("lora_alpha");
    this.rankStabilised = !json.isOff(RANK_STABILISED);
    this.targets = ModuleNames.read(json, "target_modules");
    this.ranks = ModuleNames.patterns(json, "rank_pattern", (map, key) -> map.integer(key, 1));
    this.alphas = ModuleNames.patterns(json, "alpha_pattern", JsonObject::number);
  }

  static LoraSettings read(Path file) {
    JsonObject json = JsonObject.read(file);
    if (!json.text("peft_type").equals("LORA")) {
      throw json.wrong("peft_type", "be LORA");
    }
    if (json.has("bias") && !json.text("bias").equals("none")) {
      throw json.wrong("bias", "be none");
    }
    refuseUnsupported(json);
    return new LoraSettings(json);
  }

  private static void refuseUnsupported(JsonObject json) {
    List<String> off = new ArrayList<>(UNSUPPORTED);
    // Variants of LoRA, those of peft's next release too.
    json.fields().stream()
        .filter(field -> field.startsWith("use_") && !field.equals(RANK_STABILISED))
        .forEach(off::add);
    for (String field : off) {
      if (!json.isOff(field)) {
        throw json.wrong(field, "be off");
      }
    }
    String start = json.has("init_lora_weights") ? json.scalar("init_lora_weights") : "true";
    if (!HARMLESS_STARTS.contains(start)) {
      throw json.wrong("init_lora_weights", "be one of " + String.join(", ", HARMLESS_STARTS));
    }
    if (!json.isOff("modules_to_save") && !TABLES.containsAll(json.texts("modules_to_save"))) {
      throw json.wrong("modules_to_save", "name embed_tokens and lm_head only");
    }
  }

  /** Whether the adapter changes a projection. */
  boolean adapts(Projection projection) {
    return targets.contain(projection.moduleName());
  }

  int rank(Projection projection) {
    return ModuleNames.first(ranks, projection.moduleName(), rank);
  }

  /** Of the product of the factors: alpha / rank, or alpha / √rank. */
  double scaling(Projection projection) {
    double numerator = ModuleNames.first(alphas, projection.moduleName(), alpha);
    int denominator = rank(projection);
    return numerator / (rankStabilised ? Math.sqrt(denominator) : denominator);
  }
}

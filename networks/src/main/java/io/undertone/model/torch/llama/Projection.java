package io.undertone.model.torch.llama;

import io.undertone.model.torch.llama.config.LlamaConfig;
import java.util.List;

/**
 * One linear projection of the decoder, which adapters may change.
 *
 * @param layer from 0
 */
public record Projection(int layer, Kind kind) {

  /** The seven projections of a block, in the order of computation. */
  public enum Kind {
    QUERY("self_attn", "q_proj"),
    KEY("self_attn", "k_proj"),
    VALUE("self_attn", "v_proj"),
    OUTPUT("self_attn", "o_proj"),
    GATE("mlp", "gate_proj"),
    UP("mlp", "up_proj"),
    DOWN("mlp", "down_proj");

    private final String parent;
    private final String target;

    Kind(String parent, String target) {
      this.parent = parent;
      this.target = target;
    }

    /**
     * The name among the target modules of an adapter's configuration, for example {@code q_proj}.
     */
    public String target() {
      return target;
    }

    /** The kind of a target's name; an IllegalArgumentException names an unknown one. */
    public static Kind ofTarget(String target) {
      for (Kind kind : values()) {
        if (kind.target.equals(target)) {
          return kind;
        }
      }
      throw new IllegalArgumentException(
          "target must be one of q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj,"
              + " but is '"
              + target
              + "'");
    }

    /** The kinds of some targets, sorted in the decoder's order. */
    public static List<Kind> ofTargets(List<String> targets) {
      return targets.stream().map(Kind::ofTarget).distinct().sorted().toList();
    }
  }

  /** The module's name in the Hugging Face layout. */
  public String moduleName() {
    return "model.layers." + layer + "." + kind.parent + "." + kind.target;
  }

  /** The name of the adapter's matrix A in the peft layout. */
  public String loraAName() {
    return "base_model.model." + moduleName() + ".lora_A.weight";
  }

  /** The name of the adapter's matrix B in the peft layout. */
  public String loraBName() {
    return "base_model.model." + moduleName() + ".lora_B.weight";
  }

  /** Input width. */
  public int inWidth(LlamaConfig config) {
    return switch (kind) {
      case QUERY, KEY, VALUE, GATE, UP -> config.width();
      case OUTPUT -> config.attention().queryWidth();
      case DOWN -> config.feedForwardWidth();
    };
  }

  /** Output width. */
  public int outWidth(LlamaConfig config) {
    return switch (kind) {
      case QUERY -> config.attention().queryWidth();
      case KEY, VALUE -> config.attention().keyValueWidth();
      case OUTPUT, DOWN -> config.width();
      case GATE, UP -> config.feedForwardWidth();
    };
  }
}

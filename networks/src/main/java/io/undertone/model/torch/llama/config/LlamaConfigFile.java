package io.undertone.model.torch.llama.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.files.ModelFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code config.json} in the Hugging Face layout. Unsupported settings are refused by name. */
public final class LlamaConfigFile {
  private static final double DEFAULT_RMS_EPSILON = 1e-6;
  private static final List<String> UNSUPPORTED =
      List.of("attention_bias", "mlp_bias", "quantization_config");

  private LlamaConfigFile() {}

  /** The shape that a file describes; a {@link ModelFileException} names what is wrong. */
  public static LlamaConfig read(Path file) {
    JsonObject json = JsonObject.read(file);
    refuseUnsupported(json);
    int width = json.integer("hidden_size", 1);
    try {
      return new LlamaConfig(
          json.integer("vocab_size", 1),
          width,
          json.integer("num_hidden_layers", 1),
          json.integer("intermediate_size", 1),
          attention(json, width),
          RotarySettings.read(json),
          json.has("rms_norm_eps") ? json.number("rms_norm_eps", 0) : DEFAULT_RMS_EPSILON,
          !json.isOff("tie_word_embeddings"));
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(file, e);
    }
  }

  private static void refuseUnsupported(JsonObject json) {
    if (json.has("model_type") && !json.text("model_type").equals("llama")) {
      throw json.wrong("model_type", "be llama");
    }
    if (json.has("hidden_act") && !json.text("hidden_act").equals("silu")) {
      throw json.wrong("hidden_act", "be silu");
    }
    for (String field : UNSUPPORTED) {
      if (!json.isOff(field)) {
        throw json.wrong(field, "be off");
      }
    }
  }

  private static AttentionShape attention(JsonObject json, int width) {
    int heads = json.integer("num_attention_heads", 1);
    int keyValueHeads =
        json.has("num_key_value_heads") ? json.integer("num_key_value_heads", 1) : heads;
    int headWidth = json.has("head_dim") ? json.integer("head_dim", 2) : width / heads;
    return new AttentionShape(heads, keyValueHeads, headWidth);
  }

  /** Writes a file that {@link #read} and Hugging Face transformers understand. */
  public static void write(LlamaConfig config, Path file) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    json.putArray("architectures").add("LlamaForCausalLM");
    json.put("model_type", "llama").put("dtype", "float32").put("hidden_act", "silu");
    json.put("vocab_size", config.vocabularySize()).put("hidden_size", config.width());
    json.put("num_hidden_layers", config.layers());
    json.put("intermediate_size", config.feedForwardWidth());
    json.put("num_attention_heads", config.attention().heads());
    json.put("num_key_value_heads", config.attention().keyValueHeads());
    json.put("head_dim", config.attention().headWidth());
    json.put("rms_norm_eps", config.rmsEpsilon());
    RotarySettings.write(config.angles(), json);
    json.put("tie_word_embeddings", config.tiedEmbeddings());
    try {
      Files.writeString(file, json.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

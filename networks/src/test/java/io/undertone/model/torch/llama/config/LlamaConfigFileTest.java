package io.undertone.model.torch.llama.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.torch.files.ModelFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlamaConfigFileTest {
  private static final String LLAMA_2_7B =
      """
      "vocab_size": 32000, "hidden_size": 4096, "num_hidden_layers": 32,
      "intermediate_size": 11008, "num_attention_heads": 32, "rms_norm_eps": 1e-5,
      "hidden_act": "silu", "model_type": "llama", "tie_word_embeddings": false
      """;

  @TempDir Path directory;

  @Test
  void readsAFileOfBeforeGroupedQueries() throws IOException {
    LlamaConfig config = read(LLAMA_2_7B + ", \"rope_scaling\": null");

    assertThat(config)
        .isEqualTo(
            new LlamaConfig(
                32000,
                4096,
                32,
                11008,
                new AttentionShape(32, 32, 128),
                new RotaryAngles(10_000),
                1e-5,
                false));
  }

  @Test
  void readsRotarySettingsAtEitherPlace() throws IOException {
    String old = LLAMA_2_7B + ", \"rope_theta\": 500.0, \"rope_scaling\": ";
    assertThat(read(old + "null").angles()).isEqualTo(new RotaryAngles(500));
    assertThat(read(old + "{\"type\": \"linear\", \"factor\": 8.0}").angles())
        .isEqualTo(new RotaryAngles(500, new RotaryScaling.Linear(8)));

    String now = LLAMA_2_7B + ", \"rope_parameters\": {\"rope_theta\": 500.0, \"rope_type\": ";
    assertThat(read(now + "\"default\"}").angles()).isEqualTo(new RotaryAngles(500));
    assertThat(read(now + "\"linear\", \"factor\": 8}").angles())
        .isEqualTo(new RotaryAngles(500, new RotaryScaling.Linear(8)));
  }

  @Test
  void scaledPositionsAreTheSameAfterWritingAndReading() {
    List<RotaryScaling> scalings =
        List.of(
            RotaryScaling.NONE,
            new RotaryScaling.Linear(4),
            new RotaryScaling.DynamicNtk(2, 4096),
            new RotaryScaling.Llama3(8, 1, 4, 8192));
    for (RotaryScaling scaling : scalings) {
      LlamaConfig config =
          new LlamaConfig(
              20, 16, 2, 24, new AttentionShape(4, 2, 4), new RotaryAngles(500, scaling), 1, true);
      Path file = directory.resolve("config.json");
      LlamaConfigFile.write(config, file);
      assertThat(LlamaConfigFile.read(file)).isEqualTo(config);
    }
  }

  @Test
  void refusesByNameWhatItDoesNotCompute() {
    assertRefused(
        ", \"rope_parameters\": {\"rope_type\": \"yarn\"}",
        "rope_parameters.rope_type must be default, linear, dynamic or llama3, but is \"yarn\"");
    assertRefused(
        ", \"rope_scaling\": {\"type\": \"longrope\", \"factor\": 2}",
        "rope_scaling.type must be default, linear, dynamic or llama3, but is \"longrope\"");
    assertRefused(
        ", \"rope_scaling\": {\"type\": \"dynamic\", \"factor\": 2}",
        "max_position_embeddings must be given");
    assertRefused(
        ", \"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 8, \"low_freq_factor\": 4,"
            + " \"high_freq_factor\": 1, \"original_max_position_embeddings\": 64}",
        "high_freq_factor must be above low_freq_factor 4.0, but is 1.0");
    assertRefused(
        ", \"partial_rotary_factor\": 0.5", "partial_rotary_factor must be 1, but is 0.5");
    assertRefused(
        ", \"quantization_config\": {\"quant_method\": \"gptq\"}",
        "quantization_config must be off, but is {\"quant_method\":\"gptq\"}");
    assertRefused(", \"attention_bias\": true", "attention_bias must be off, but is true");
    assertRefused(", \"mlp_bias\": true", "mlp_bias must be off, but is true");
    assertRefused(", \"hidden_act\": \"gelu\"", "hidden_act must be silu, but is \"gelu\"");
    assertRefused(", \"model_type\": \"qwen2\"", "model_type must be llama, but is \"qwen2\"");
    assertRefused(
        ", \"num_key_value_heads\": 3",
        "heads must be a multiple of key-value heads, but are 32 and 3");
    assertRefused(", \"vocab_size\": 0", "vocab_size must be an integer of at least 1, but is 0");
  }

  private void assertRefused(String addition, String message) {
    assertThatThrownBy(() -> read(LLAMA_2_7B + addition))
        .isInstanceOf(ModelFileException.class)
        .hasMessageEndingWith("config.json: " + message);
  }

  private LlamaConfig read(String fields) throws IOException {
    Path file = directory.resolve("config.json");
    Files.writeString(file, "{" + fields + "}");
    return LlamaConfigFile.read(file);
  }
}

package io.undertone.model.torch.llama.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.TinyLlama;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.llama.LlamaWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmotionLoraTest {
  private static final Path LORA = TinyLlama.directory().resolve("emotion-lora");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"use_dora\": false|\"use_dora\": true|use_dora must be off, but is true",
        "\"use_dora\": false|\"use_later\": true|use_later must be off, but is true",
        "\"bias\": \"none\"|\"bias\": \"all\"|bias must be none, but is \"all\"",
        "\"LORA\"|\"IA3\"|peft_type must be LORA, but is \"IA3\"",
        "\"rank_pattern\": {}|\"rank_pattern\": {\"q\": 0}|rank_pattern.q must be an integer",
        "\"rank_pattern\": {}|\"rank_pattern\": {\"(\": 2}|rank_pattern must be a regular"
            + " expression",
        "\"rank_pattern\": {}|\"layers_to_transform\": 1|layers_to_transform must be off, but is 1",
        "\"rank_pattern\": {}|\"exclude_modules\": [\"k\"]|exclude_modules must be off",
        "\"rank_pattern\": {}|\"modules_to_save\": [\"norm\"]|name embed_tokens and lm_head only",
        "\"rank_pattern\": {}|\"init_lora_weights\": \"pissa\"|init_lora_weights must be one of",
        "\"r\": 8|\"r\": 0|r must be an integer of at least 1, but is 0",
      })
  void refusesVariantsByName(String given, String instead, String message) throws IOException {
    String json = Files.readString(LORA.resolve("adapter_config.json"));
    assertThat(json).contains(given);
    Files.writeString(directory.resolve("adapter_config.json"), json.replace(given, instead));

    assertThatThrownBy(() -> EmotionLora.open(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesTargetsThatNameNoProjection() throws IOException {
    String json = Files.readString(LORA.resolve("adapter_config.json"));
    String regex =
        json.replaceFirst("(?s)\"target_modules\": \\[.*?]", "\"target_modules\": \"w_.\"");
    Files.writeString(directory.resolve("adapter_config.json"), regex);
    Files.copy(
        LORA.resolve("adapter_model.safetensors"), directory.resolve("adapter_model.safetensors"));

    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              LlamaWeights weights = LlamaWeights.load(TinyLlama.base(), manager);
              assertThatThrownBy(() -> EmotionLora.open(directory).mergeInto(weights))
                  .isInstanceOf(ModelFileException.class)
                  .hasMessageContaining(
                      "target_modules must name some of the decoder's projections");
            }
          });
    }
  }

  @Test
  void refusesTensorsThatNoTargetNeeds() throws IOException {
    String json = Files.readString(LORA.resolve("adapter_config.json"));
    Files.writeString(directory.resolve("adapter_config.json"), json.replace("\"q_proj\",", ""));
    Files.copy(
        LORA.resolve("adapter_model.safetensors"), directory.resolve("adapter_model.safetensors"));

    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              LlamaWeights weights = LlamaWeights.load(TinyLlama.base(), manager);
              assertThatThrownBy(() -> EmotionLora.open(directory).mergeInto(weights))
                  .isInstanceOf(ModelFileException.class)
                  .hasMessageContaining("tensors must belong to a target")
                  .hasMessageContaining("layers.0.self_attn.q_proj.lora_A");
            }
          });
    }
  }
}

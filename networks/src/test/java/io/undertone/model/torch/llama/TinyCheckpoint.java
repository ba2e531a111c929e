package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.files.Bfloat16Shards;
import io.undertone.model.torch.llama.config.LlamaConfig;
import io.undertone.model.torch.llama.config.LlamaConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a small random checkpoint in the files of Llama-2-7B for contexts of 32K, as Hugging Face
 * has it: bfloat16, two shards with an index, rotary positions scaled by 8, and frequencies among
 * the weights that nothing reads.
 */
public final class TinyCheckpoint {
  public static final int VOCABULARY = 64;

  private static final String CONFIG =
      """
      {
        "_name_or_path": "meta-llama/Llama-2-7b-hf",
        "architectures": ["LlamaForCausalLM"],
        "attention_bias": false,
        "bos_token_id": 1,
        "eos_token_id": 2,
        "hidden_act": "silu",
        "hidden_size": 16,
        "initializer_range": 0.02,
        "intermediate_size": 32,
        "max_position_embeddings": 32768,
        "model_type": "llama",
        "num_attention_heads": 2,
        "num_hidden_layers": 2,
        "num_key_value_heads": 2,
        "pad_token_id": 0,
        "pretraining_tp": 1,
        "rms_norm_eps": 1e-05,
        "rope_scaling": {"factor": 8.0, "type": "linear"},
        "rope_theta": 10000.0,
        "tie_word_embeddings": false,
        "torch_dtype": "bfloat16",
        "transformers_version": "4.31.0.dev0",
        "use_cache": true,
        "vocab_size": 64
      }
      """;

  private TinyCheckpoint() {}

  /** Writes the checkpoint into a folder that it makes. */
  public static void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path settings = Files.writeString(directory.resolve("config.json"), CONFIG);
    Files.writeString(directory.resolve("LICENSE.txt"), "None: the weights are random.\n");
    LlamaConfig config = LlamaConfigFile.read(settings);
    Bfloat16Shards.write(directory, weights(config), 2);
  }

  private static Map<String, Bfloat16Shards.Values> weights(LlamaConfig config) {
    Map<String, Bfloat16Shards.Values> weights = new LinkedHashMap<>();
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              LlamaWeights.random(config, 1, manager)
                  .named()
                  .forEach(
                      (name, weight) ->
                          weights.put(
                              name,
                              new Bfloat16Shards.Values(
                                  weight.getShape().getShape(), weight.toFloatArray())));
            }
          });
    }
    float[] frequencies = new float[config.attention().headWidth() / 2];
    Arrays.fill(frequencies, 1);
    for (int layer = 0; layer < config.layers(); layer++) {
      weights.put(
          "model.layers." + layer + ".self_attn.rotary_emb.inv_freq",
          new Bfloat16Shards.Values(new long[] {frequencies.length}, frequencies));
    }
    return weights;
  }
}

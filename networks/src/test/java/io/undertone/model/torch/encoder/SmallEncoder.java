package io.undertone.model.torch.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.files.SafetensorsWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Writes an encoder with random weights, small enough for a unit test. */
public final class SmallEncoder {
  public static final WhisperConfig CONFIG = new WhisperConfig(8, 128, 3, 2, 48, 40);

  private SmallEncoder() {}

  /** Writes model.safetensors alone: width and layers show in the tensors. */
  public static void write(Path directory, NDManager manager) {
    SafetensorsWriter.write(directory.resolve("model.safetensors"), tensors(manager));
  }

  static Map<String, NDArray> tensors(NDManager manager) {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    Random random = new Random(7);
    int width = CONFIG.width();
    int hidden = CONFIG.feedForwardWidth();
    put(tensors, "conv1.weight", random, manager, width, CONFIG.melBands(), 3);
    put(tensors, "conv1.bias", random, manager, width);
    put(tensors, "conv2.weight", random, manager, width, width, 3);
    put(tensors, "conv2.bias", random, manager, width);
    put(tensors, "embed_positions.weight", random, manager, CONFIG.positions(), width);
    for (int layer = 0; layer < CONFIG.layers(); layer++) {
      String name = "layers." + layer + ".";
      for (String part : new String[] {"q_proj", "k_proj", "v_proj", "out_proj"}) {
        put(tensors, name + "self_attn." + part + ".weight", random, manager, width, width);
        if (!part.equals("k_proj")) {
          put(tensors, name + "self_attn." + part + ".bias", random, manager, width);
        }
      }
      put(tensors, name + "fc1.weight", random, manager, hidden, width);
      put(tensors, name + "fc1.bias", random, manager, hidden);
      put(tensors, name + "fc2.weight", random, manager, width, hidden);
      put(tensors, name + "fc2.bias", random, manager, width);
      for (String norm : new String[] {"self_attn_layer_norm", "final_layer_norm"}) {
        put(tensors, name + norm + ".weight", random, manager, width);
        put(tensors, name + norm + ".bias", random, manager, width);
      }
    }
    return tensors;
  }

  private static void put(
      Map<String, NDArray> tensors, String name, Random random, NDManager manager, long... shape) {
    Shape size = new Shape(shape);
    float[] values = new float[Math.toIntExact(size.size())];
    double spread = shape.length == 1 ? 0.5 : 1 / Math.sqrt((double) size.size() / shape[0]);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (spread * random.nextGaussian());
    }
    tensors.put("model.encoder." + name, manager.create(values, size));
  }

  static void writeConfig(Path directory, String json) {
    try {
      Files.writeString(directory.resolve("config.json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As Hugging Face writes it; an encoder's fields alone. */
  static String config() {
    return """
        {"model_type": "whisper", "activation_function": "gelu", "d_model": 128,
         "encoder_layers": 3, "encoder_attention_heads": 2, "encoder_ffn_dim": 48,
         "num_mel_bins": 8, "max_source_positions": 40, "decoder_layers": 9}
        """;
  }

  static LogMel mel(int frames) {
    Random random = new Random(frames);
    float[] values = new float[frames * CONFIG.melBands()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new LogMel(values, frames, CONFIG.melBands());
  }
}

package io.undertone.model.torch.encoder;

import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.TensorFiles;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the dimensions of an encoder from {@value #FILE} in the layout of {@code openai/whisper-*}
 * on Hugging Face, or infers them from the tensors if there is no such file.
 */
final class WhisperConfigFile {
  static final String FILE = "config.json";

  /**
   * Head width of all published Whisper models; the number of heads cannot be inferred from
   * tensors.
   */
  private static final int HEAD_WIDTH = 64;

  private WhisperConfigFile() {}

  static WhisperConfig read(Path directory, TensorFiles tensors) {
    Path file = directory.resolve(FILE);
    try {
      return Files.exists(file) ? ofJson(JsonObject.read(file)) : ofTensors(tensors);
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(file, e);
    }
  }

  private static WhisperConfig ofJson(JsonObject json) {
    if (json.has("model_type") && !json.text("model_type").equals("whisper")) {
      throw json.wrong("model_type", "be whisper");
    }
    if (json.has("activation_function") && !json.text("activation_function").equals("gelu")) {
      throw json.wrong("activation_function", "be gelu");
    }
    return new WhisperConfig(
        json.integer("num_mel_bins", 1),
        json.integer("d_model", 1),
        json.integer("encoder_layers", 1),
        json.integer("encoder_attention_heads", 1),
        json.integer("encoder_ffn_dim", 1),
        json.integer("max_source_positions", 1));
  }

  private static WhisperConfig ofTensors(TensorFiles tensors) {
    int layers = 0;
    while (tensors.names().contains(WhisperTensors.layer(layers) + "fc1.weight")) {
      layers++;
    }
    Shape convolution = tensors.shape(WhisperTensors.PREFIX + "conv1.weight");
    int width = Math.toIntExact(convolution.get(0));
    return new WhisperConfig(
        Math.toIntExact(convolution.get(1)),
        width,
        layers,
        Math.max(1, width / HEAD_WIDTH),
        Math.toIntExact(tensors.shape(WhisperTensors.layer(0) + "fc1.weight").get(0)),
        Math.toIntExact(tensors.shape(WhisperTensors.POSITIONS).get(0)));
  }
}

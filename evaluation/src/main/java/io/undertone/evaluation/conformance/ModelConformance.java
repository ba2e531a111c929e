package io.undertone.evaluation.conformance;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.peft.EmotionLora;
import java.nio.file.Path;

/**
 * Compares this implementation with Hugging Face transformers, peft and PyTorch on a model: logits
 * with and without its emotion LoRA, and some memory updates. The directory of the reference holds
 *
 * <ul>
 *   <li>{@code base/config.json}, {@code base/model.safetensors};
 *   <li>{@code emotion-lora/adapter_config.json}, {@code emotion-lora/adapter_model.safetensors};
 *   <li>{@code temp-lora-init.safetensors}, {@code temp-lora-final.safetensors}, {@code
 *       temp-lora-adamw.safetensors}: the temporary LoRA before and after all updates, and its
 *       optimiser's moments;
 *   <li>{@code expected.json}: vocabulary, input ids, logits, settings of the memory, and for each
 *       update its utterance, prefix, loss, gradient norm, probabilities and LoRA norm.
 * </ul>
 */
public final class ModelConformance {
  private final Path directory;
  private final Precision precision;
  private final Backward backward;
  private final JsonObject expected;
  private final LogitComparison logits;

  private ModelConformance(Path directory, Precision precision, Backward backward) {
    this.directory = directory;
    this.precision = precision;
    this.backward = backward;
    this.expected = JsonObject.read(directory.resolve("expected.json"));
    this.logits = new LogitComparison(expected, precision);
  }

  /**
   * Computes and compares everything.
   *
   * @throws ModelFileException if a file is missing or invalid
   * @throws io.undertone.model.torch.device.DeviceUnavailableException if the device is not there
   */
  public static ConformanceReport verify(Path directory, Precision precision, DeviceChoice choice) {
    return verify(new ModelConformance(directory, precision, new Backward()), choice);
  }

  /** On the processor in float32, with another way to compute gradients. */
  static ConformanceReport verify(Path directory, Backward backward) {
    return verify(new ModelConformance(directory, Precision.FLOAT32, backward), DeviceChoice.CPU);
  }

  private static ConformanceReport verify(ModelConformance conformance, DeviceChoice choice) {
    try (TorchDevice device = TorchDevice.open(choice)) {
      return device.call(
          () -> {
            try (NDManager manager = device.newManager()) {
              return conformance.verify(manager);
            }
          });
    }
  }

  private ConformanceReport verify(NDManager manager) {
    LlamaWeights weights =
        LlamaWeights.load(directory.resolve("base"), precision.weights(), manager);
    Llama llama = new Llama(weights);
    compareLogits(llama, "base_logits", manager);
    EmotionLora.open(directory.resolve(EmotionLora.FOLDER)).mergeInto(weights);
    compareLogits(llama, "emotion_logits", manager);
    UpdateConformance updates = new UpdateConformance(directory, precision, expected);
    updates.compare(llama, backward, manager);
    return ConformanceReport.of(
        precision, logits.deviation(), updates.losses(), updates.probabilities(), updates.lora());
  }

  private void compareLogits(Llama llama, String name, NDManager manager) {
    double sum = logits.compare(llama, name + "_last", manager);
    // Most of a sum cancels out, so that nothing is relative to it.
    if (!precision.isRelative()) {
      logits.deviation().add(sum, expected.number(name + "_sum"));
    }
  }
}

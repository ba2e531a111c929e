package io.undertone.evaluation.conformance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.peft.EmotionLora;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

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
  private final Backward backward;
  private final JsonObject expected;
  private final Deviation logits = new Deviation();

  private ModelConformance(Path directory, Backward backward) {
    this.directory = directory;
    this.backward = backward;
    this.expected = JsonObject.read(directory.resolve("expected.json"));
  }

  /**
   * Computes and compares everything.
   *
   * @throws ModelFileException if a file is missing or invalid
   */
  public static ConformanceReport verify(Path directory) {
    return verify(directory, new Backward());
  }

  static ConformanceReport verify(Path directory, Backward backward) {
    ModelConformance conformance = new ModelConformance(directory, backward);
    try (TorchDevice device = TorchDevice.openCpu()) {
      return device.call(
          () -> {
            try (NDManager manager = device.newManager()) {
              return conformance.verify(manager);
            }
          });
    }
  }

  private ConformanceReport verify(NDManager manager) {
    LlamaWeights weights = LlamaWeights.load(directory.resolve("base"), manager);
    Llama llama = new Llama(weights);
    compareLogits(llama, "base_logits", manager);
    EmotionLora.open(directory.resolve("emotion-lora")).mergeInto(weights);
    compareLogits(llama, "emotion_logits", manager);
    UpdateConformance updates = new UpdateConformance(directory, expected);
    updates.compare(llama, backward, manager);
    return ConformanceReport.of(logits, updates.losses(), updates.probabilities(), updates.lora());
  }

  private void compareLogits(Llama llama, String name, NDManager manager) {
    int vocabulary = llama.config().vocabularySize();
    List<float[]> last = expected.numberLists(name + "_last");
    List<int[]> inputs = expected.tokenLists("input_ids", vocabulary);
    if (inputs.isEmpty() || last.size() != inputs.size()) {
      throw expected.wrong(name + "_last", "have as many rows as input_ids, and at least 1");
    }
    double sum = 0;
    for (int row = 0; row < inputs.size(); row++) {
      if (last.get(row).length != vocabulary) {
        throw expected.wrong(name + "_last", "have " + vocabulary + " numbers a row");
      }
      float[] all = logits(llama, inputs.get(row), manager);
      logits.add(Arrays.copyOfRange(all, all.length - vocabulary, all.length), last.get(row));
      for (float logit : all) {
        sum += logit;
      }
    }
    logits.add(sum, expected.number(name + "_sum"));
  }

  private static float[] logits(Llama llama, int[] tokens, NDManager manager) {
    try (NDManager step = manager.newSubManager()) {
      long[][] ids = {Arrays.stream(tokens).asLongStream().toArray()};
      NDArray stream = llama.forward(step.create(ids), Adapter.NONE);
      return llama.logits(stream).toFloatArray();
    }
  }
}

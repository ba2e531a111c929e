package io.undertone.evaluation.conformance;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.peft.EmotionLora;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares the decoder of a model's folder, with its emotion LoRA if it has one, with Hugging Face
 * transformers and peft. The reference is a JSON file with {@code input_ids}, the tokens of some
 * sequences, and {@code logits_last}, the logits of their last positions in float32; {@code
 * expect_logits.py} among this module's tests makes it of the same folder. It must not lie there:
 * every JSON file counts towards the {@link io.undertone.model.torch.ModelFingerprint}.
 */
public final class LogitConformance {

  private LogitConformance() {}

  /** Whether a directory is the folder of a model. */
  public static boolean isModel(Path directory) {
    return Files.exists(directory.resolve(UndertoneConfig.FILE));
  }

  /**
   * Computes and compares the logits.
   *
   * @param expected the reference
   * @param precision in which the decoder's matrices are kept, whatever the files' is
   * @throws ModelFileException if a file is missing or invalid
   * @throws io.undertone.model.torch.device.DeviceUnavailableException if the device is not there
   */
  public static LogitReport verify(
      Path directory, Path expected, Precision precision, DeviceChoice choice) {
    LogitComparison logits = new LogitComparison(JsonObject.read(expected), precision);
    try (TorchDevice device = TorchDevice.open(choice)) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              LlamaWeights weights = LlamaWeights.load(directory, precision.weights(), manager);
              EmotionLora.mergeIfPresent(directory, weights);
              logits.compare(new Llama(weights), "logits_last", manager);
            }
          });
    }
    return LogitReport.of(precision, logits.deviation());
  }
}

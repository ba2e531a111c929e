package io.undertone.model.torch.memory.speaker;

import ai.djl.ndarray.NDArray;
import io.undertone.model.torch.files.ModelFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;

/** Checks the values of the parameters in a model's files. */
final class ParameterChecks {

  private ParameterChecks() {}

  /**
   * @param file that the tensors come from
   * @throws ModelFileException if a value is not finite
   */
  static void requireFinite(Path file, Map<String, NDArray> tensors) {
    tensors.forEach((name, tensor) -> require(file, name, tensor, Float::isFinite, "be finite"));
  }

  /**
   * @param file that the tensor comes from
   * @param expectation for the message, after "must"
   * @throws ModelFileException if a value does not satisfy {@code condition}
   */
  static void require(
      Path file, String name, NDArray tensor, Predicate<Float> condition, String expectation) {
    for (float value : tensor.toFloatArray()) {
      if (!condition.test(value)) {
        throw new ModelFileException(
            file, "tensor %s must %s, but has %s".formatted(name, expectation, value));
      }
    }
  }
}

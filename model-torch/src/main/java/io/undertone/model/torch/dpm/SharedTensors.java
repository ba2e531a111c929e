package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDArray;
import io.undertone.model.torch.files.ModelFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;

/** What is asked of the tensors that all memories share. */
final class SharedTensors {

  private SharedTensors() {}

  /**
   * @param file that they were read from
   * @throws ModelFileException if a value is not finite
   */
  static void requireFinite(Path file, Map<String, NDArray> tensors) {
    tensors.forEach((name, tensor) -> require(file, name, tensor, Float::isFinite, "be finite"));
  }

  /**
   * @param file that it was read from
   * @param must what its values must be, for people
   * @throws ModelFileException if a value is not
   */
  static void require(Path file, String name, NDArray tensor, Predicate<Float> met, String must) {
    for (float value : tensor.toFloatArray()) {
      if (!met.test(value)) {
        throw new ModelFileException(
            file, "tensor %s must %s, but has %s".formatted(name, must, value));
      }
    }
  }
}

package io.undertone.evaluation.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.WhisperBase;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.SafetensorsWriter;
import io.undertone.model.torch.files.TensorFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderConformanceTest {
  @TempDir Path directory;

  private static EncoderReport verify(Path expected) {
    return EncoderConformance.verify(WhisperBase.DIRECTORY, expected, DeviceChoice.CPU);
  }

  @Test
  void computesWhatTheReferenceComputed() {
    EncoderReport report = verify(WhisperBase.expectedFile());

    assertThat(report.maxMelError()).isLessThan(EncoderReport.MEL_TOLERANCE);
    assertThat(report.maxLayerError()).isLessThan(EncoderReport.LAYER_TOLERANCE);
    // Most of it is rounding that the last layer amplifies at a few positions.
    assertThat(report.bfloat16Error()).isBetween(1e-3, EncoderReport.BFLOAT16_TOLERANCE);
    assertThat(report.passed()).isTrue();
  }

  @Test
  void aChangedLayerFails() {
    Path changed = changed(tensors -> scale(tensors, "clip1.layer3", 1.003f));

    EncoderReport report = verify(changed);

    assertThat(report.passed()).isFalse();
    assertThat(report.maxLayerError()).isGreaterThan(EncoderReport.LAYER_TOLERANCE);
    assertThat(report.maxMelError()).isLessThan(EncoderReport.MEL_TOLERANCE);
  }

  @Test
  void aChangedSpectrumFails() {
    Path changed = changed(tensors -> scale(tensors, "clip0.mel", 1.001f));

    EncoderReport report = verify(changed);

    assertThat(report.passed()).isFalse();
    assertThat(report.maxMelError()).isGreaterThan(EncoderReport.MEL_TOLERANCE);
  }

  @Test
  void aNanReferenceFails() {
    Path changed = changed(tensors -> scale(tensors, "clip0.layer1", Float.NaN));

    EncoderReport report = verify(changed);

    assertThat(report.passed()).isFalse();
    assertThat(report.maxLayerError()).isNaN();
  }

  @Test
  void namesWhatTheReferenceLacks() {
    assertRefused(
        changed(tensors -> tensors.keySet().removeIf(name -> name.endsWith("samples"))),
        "changed.safetensors: must have a tensor NAME.samples");
    assertRefused(
        changed(tensors -> tensors.keySet().removeIf(name -> name.endsWith("layer1"))),
        "changed.safetensors: must have a tensor clip0.layer1");
    assertRefused(
        changed(tensors -> tensors.remove("clip1.mel")),
        "changed.safetensors: tensor clip1.mel must be given");
    assertRefused(directory.resolve("none"), "none: file must exist");
  }

  private static void assertRefused(Path expected, String message) {
    assertThatThrownBy(() -> verify(expected))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(message);
  }

  @Test
  void recognizesAnEncoderByItsWeights() {
    assertThat(EncoderConformance.isEncoder(WhisperBase.DIRECTORY)).isTrue();
    assertThat(EncoderConformance.isEncoder(directory)).isFalse();
  }

  /** A copy of the reference with a change. */
  private Path changed(Consumer<Map<String, NDArray>> change) {
    Path file = directory.resolve("changed.safetensors");
    try (TorchDevice device = TorchDevice.openCpu();
        TensorFiles expected = WhisperBase.expected()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              Map<String, NDArray> tensors = expected.readAll(manager);
              change.accept(tensors);
              SafetensorsWriter.write(file, tensors);
            }
          });
    }
    return file;
  }

  private static void scale(Map<String, NDArray> tensors, String name, float factor) {
    tensors.computeIfPresent(name, (unused, tensor) -> tensor.mul(factor));
  }
}

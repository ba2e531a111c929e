package io.undertone.model.torch.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.recognizer.OutOfDeviceMemoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceMemoryTest {
  /** Values in 4 PB, more than an address space. */
  private static final long TOO_MANY = 1L << 50;

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @Test
  void anArrayThatNoMemoryHoldsIsOutOfMemory() {
    device.run(
        () -> {
          RuntimeException failure =
              catchThrowableOfType(
                  EngineException.class, () -> device.manager().zeros(new Shape(TOO_MANY)));

          assertThat(DeviceMemory.translated(failure))
              .isInstanceOf(OutOfDeviceMemoryException.class)
              .hasCause(failure)
              .hasMessageContaining("the device's memory must hold the batch, but does not: ");
        });
  }

  @Test
  void soIsOneWithinAScript() {
    device.run(
        () -> {
          TorchScript script =
              TorchScript.load(
                  """
                    def forward(self, tensor: Tensor) -> Tensor:
                      return torch.new_zeros(tensor, [%d])
                  """
                      .formatted(TOO_MANY),
                  device.manager());
          RuntimeException failure =
              catchThrowableOfType(
                  RuntimeException.class,
                  () -> script.forward(device.manager().ones(new Shape(1))));

          assertThat(DeviceMemory.translated(failure))
              .isInstanceOf(OutOfDeviceMemoryException.class);
        });
  }

  /** As PyTorch's sources have them; no GPU was at hand. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 15.77 GiB",
        "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
        "cuDNN error: CUDNN_STATUS_ALLOC_FAILED"
      })
  void readsTheTextsOfGpus(String text) {
    assertThat(DeviceMemory.translated(new EngineException(text)))
        .isInstanceOf(OutOfDeviceMemoryException.class);
  }

  @Test
  void otherFailuresStayAsTheyAre() {
    EngineException shapes = new EngineException("The size of tensor a (3) must match");
    IllegalStateException ours = new IllegalStateException("out of memory");

    assertThat(DeviceMemory.translated(shapes)).isSameAs(shapes);
    assertThat(DeviceMemory.translated(ours)).isSameAs(ours);
  }
}

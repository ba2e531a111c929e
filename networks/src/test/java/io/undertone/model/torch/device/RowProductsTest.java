package io.undertone.model.torch.device;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowProductsTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 9", "4, 64", "8, 96"})
  void equalsALinearMapForFewAndManyRows(int batch, int time) {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager step = device.newManager()) {
              NDArray rows = step.randomNormal(new Shape(batch, time, 48));
              NDArray weight = step.randomNormal(new Shape(20, 48));

              NDArray expected = Linear.linear(rows, weight).singletonOrThrow();
              assertEqual(RowProducts.of(rows, weight), expected);
              assertEqual(RowProducts.byConvolution(rows, weight), expected);
            }
          });
    }
  }

  private static void assertEqual(NDArray product, NDArray expected) {
    assertThat(product.getShape()).isEqualTo(expected.getShape());
    assertThat(product.toFloatArray())
        .containsExactly(expected.toFloatArray(), Offset.offset(1e-4f));
  }
}

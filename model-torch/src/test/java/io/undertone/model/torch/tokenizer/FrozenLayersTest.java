package io.undertone.model.torch.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.TorchDevice;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrozenLayersTest {

  @ParameterizedTest
  @CsvSource({"1, 1, 20, 1", "2, 3, 20, 1", "2, 3, 20, 4", "2, 3, 2, 8", "10, 3, 30, 2"})
  void frozenConvolutionsEqualTrainableOnes(int batch, int kernel, int time, int dilation) {
    int in = 12;
    int out = 7;
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager step = device.newManager()) {
              Layers.WeightSource weights =
                  Layers.existing(
                      Map.of(
                          "a.weight", step.randomNormal(new Shape(out, in, kernel)),
                          "a.bias", step.randomNormal(new Shape(out))));
              NDArray x = step.randomNormal(new Shape(batch, in, time));

              NDArray learning = new Layers(weights).conv("a", x, in, out, kernel, dilation);
              NDArray frozen = new FrozenLayers(weights).conv("a", x, in, out, kernel, dilation);

              assertThat(frozen.getShape()).isEqualTo(learning.getShape());
              assertThat(frozen.toFloatArray())
                  .containsExactly(learning.toFloatArray(), Offset.offset(1e-4f));
            }
          });
    }
  }
}

package io.undertone.model.torch.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.device.TorchDevice;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FiniteScalarQuantizerTest {

  @Test
  void reachesEveryCodeAndNoOther() {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              FiniteScalarQuantizer quantizer = new FiniteScalarQuantizer(manager, 4, 3, 2);
              Random random = new Random(7);
              float[] values = new float[3 * 5000];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian() * 3;
              }
              NDArray z = manager.create(values, new Shape(5000, 3)).duplicate();

              long[] codes = quantizer.codes(quantizer.bounded(z)).toLongArray();

              assertThat(quantizer.codebookSize()).isEqualTo(24);
              assertThat(Arrays.stream(codes).distinct().sorted().toArray())
                  .containsExactly(java.util.stream.LongStream.range(0, 24).toArray());
            }
          });
    }
  }

  @Test
  void roundsForwardAndNotBackward() {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              FiniteScalarQuantizer quantizer = new FiniteScalarQuantizer(manager, 5);
              NDArray z = manager.create(new float[] {0.1f, 0.2f}, new Shape(2, 1)).duplicate();
              z.setRequiresGradient(true);

              NDArray quantized =
                  new Backward().of(() -> quantizer.quantized(quantizer.bounded(z)));

              assertThat(quantized.toFloatArray()).containsExactly(0, 0);
              assertThat(z.getGradient().toFloatArray()[0]).isGreaterThan(0.5f);
            }
          });
    }
  }

  @Test
  void refusesLevelsBelowTwo() {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              assertThatThrownBy(() -> new FiniteScalarQuantizer(manager, 8, 1))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessage("levels must be at least 2, but are [8, 1]");
            }
          });
    }
  }
}

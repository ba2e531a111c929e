package io.undertone.training.optimization;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.device.TorchDevice;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainableWeightsTest {

  @Test
  void aNonFiniteGradientChangesNoWeightAndIsCleared() {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              TrainableWeights weights = new TrainableWeights(manager, new Random(1));
              NDArray weight = weights.get("w", new Shape(2, 3), 3);
              float[] before = weight.toFloatArray();

              assertThat(step(weights, weight, Float.NaN)).isNaN();
              assertThat(weight.toFloatArray()).isEqualTo(before);

              assertThat(step(weights, weight, 2)).isEqualTo((float) Math.sqrt(6 * 4));
              assertThat(weight.toFloatArray()).isNotEqualTo(before).doesNotContain(Float.NaN);
            }
          });
    }
  }

  @Test
  void averagesTheLastStepsAndRestoresTheValues() {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              TrainableWeights weights = new TrainableWeights(manager, new Random(1));
              NDArray weight = weights.get("w", new Shape(1), 0);
              for (int step = 0; step < 200; step++) {
                step(weights, weight, 1);
              }
              float now = weight.getFloat();
              float average = weights.withAverages(weight::getFloat);

              // Each step moves the weight by the rate, 0.1: the average lags by some steps.
              assertThat((average - now) / 0.1).isBetween(10.0, 30.0);
              assertThat(weight.getFloat()).isEqualTo(now);
            }
          });
    }
  }

  /** Takes a step on a loss with this gradient for each value. */
  private static float step(TrainableWeights weights, NDArray weight, float slope) {
    try (NDManager scope = weight.getManager().newSubManager()) {
      NDArray slopes = scope.full(weight.getShape(), slope);
      new Backward().of(() -> slopes.mul(weight).sum());
      return weights.update(0.1f, 0, Float.MAX_VALUE);
    }
  }
}

package io.undertone.training.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.DeviceExtension;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PrincipalComponentsTest {

  private static final int WIDTH = 40;
  private static final int COUNT = 5;

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @Test
  void findsTheDirectionsOfLargestVarianceInTheirOrder() {
    device.run(
        () -> {
          NDArray covariance = covariance();

          NDArray components = PrincipalComponents.of(covariance, COUNT);

          assertThat(components.getShape()).isEqualTo(new Shape(COUNT, WIDTH));
          float[] products = components.matMul(components.transpose()).toFloatArray();
          float[] variances =
              components.matMul(covariance).matMul(components.transpose()).toFloatArray();
          for (int row = 0; row < COUNT; row++) {
            for (int column = 0; column < COUNT; column++) {
              int i = row * COUNT + column;
              assertThat(products[i]).isCloseTo(row == column ? 1 : 0, within(1e-4f));
              assertThat(variances[i])
                  .isCloseTo(row == column ? variance(row) : 0, within(1e-2f * variance(0)));
            }
          }
        });
  }

  /** Householder's reflection turns known variances away from the axes. */
  private NDArray covariance() {
    Random random = new Random(1);
    float[] normal = new float[WIDTH];
    float squares = 0;
    for (int i = 0; i < WIDTH; i++) {
      normal[i] = (float) random.nextGaussian();
      squares += normal[i] * normal[i];
    }
    float[] reflection = new float[WIDTH * WIDTH];
    float[] variances = new float[WIDTH * WIDTH];
    for (int row = 0; row < WIDTH; row++) {
      for (int column = 0; column < WIDTH; column++) {
        reflection[row * WIDTH + column] =
            (row == column ? 1 : 0) - 2 * normal[row] * normal[column] / squares;
      }
      variances[row * WIDTH + row] = variance(row);
    }
    Shape shape = new Shape(WIDTH, WIDTH);
    NDArray turned = device.manager().create(reflection, shape);
    return turned.matMul(device.manager().create(variances, shape)).matMul(turned);
  }

  private static float variance(int component) {
    return (float) (10 * Math.pow(0.7, component));
  }
}

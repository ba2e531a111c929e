package io.undertone.model.torch.memory.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.TorchDevice;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AdamWTest {
  private static final AdamW.Settings SETTINGS = new AdamW.Settings(0.1, 0.9, 0.99, 1e-3, 0.5);
  private static final float[] GRADIENTS = {0.3f, -2, 1e-4f};

  @Test
  void eachRowTakesTheStepThatItsOwnCountAsksFor() {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager step = device.newManager()) {
              AdamW optimizer = SETTINGS.create(step);
              Shape shape = new Shape(1, 3);
              NDArray gradient = step.create(GRADIENTS, shape);
              LoraState slow =
                  new LoraState(step.ones(shape), List.of(step.zeros(shape), step.zeros(shape)));
              for (int t = 1; t <= 4; t++) {
                slow = optimizer.step(slow, gradient, new int[] {t});
              }
              LoraState fresh =
                  new LoraState(step.ones(shape), List.of(step.zeros(shape), step.zeros(shape)));
              LoraState both =
                  new LoraState(
                      slow.parameters().concat(fresh.parameters()),
                      List.of(
                          slow.moments().get(0).concat(fresh.moments().get(0)),
                          slow.moments().get(1).concat(fresh.moments().get(1))));

              LoraState after = optimizer.step(both, gradient.concat(gradient), new int[] {5, 1});

              float[] values = after.parameters().toFloatArray();
              for (int i = 0; i < 3; i++) {
                assertThat((double) values[i]).isCloseTo(reference(i, 5), Offset.offset(1e-6));
                assertThat((double) values[3 + i]).isCloseTo(reference(i, 1), Offset.offset(1e-6));
              }
            }
          });
    }
  }

  /** torch.optim.AdamW, line by line, in double precision. */
  private static double reference(int index, int steps) {
    double gradient = GRADIENTS[index];
    double parameter = 1;
    double first = 0;
    double second = 0;
    for (int t = 1; t <= steps; t++) {
      parameter *= 1 - 0.1 * 0.5;
      first += (gradient - first) * (1 - 0.9);
      second = second * 0.99 + gradient * gradient * (1 - 0.99);
      double denominator = Math.sqrt(second) / Math.sqrt(1 - Math.pow(0.99, t)) + 1e-3;
      parameter -= 0.1 / (1 - Math.pow(0.9, t)) * first / denominator;
    }
    return parameter;
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AdamW.Settings(0, 0.9, 0.99, 1e-7, 0))
        .withMessage("learningRate must be above 0, but is 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AdamW.Settings(1e-3, 0.9, 1, 1e-7, 0))
        .withMessage("beta2 must be at least 0 and below 1, but is 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AdamW.Settings(1e-3, 0.9, 0.99, Double.NaN, 0))
        .withMessage("epsilon must be above 0, but is NaN");
  }
}

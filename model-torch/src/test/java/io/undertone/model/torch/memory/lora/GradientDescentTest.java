package io.undertone.model.torch.memory.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.memory.lora.GradientDescent.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientDescentTest {

  @Test
  void stepsAlongTheGradientOrItsSignAndForgetsAShare() {
    assertThat(stepped(new GradientDescent.Settings(Direction.GRADIENT, 0.5, 0.2)))
        .containsExactly(0.9f * 1 - 0.5f * 4, 0.9f * 2 + 0.5f * 0.25f, 0.9f * 3);
    assertThat(stepped(new GradientDescent.Settings(Direction.SIGN, 0.5, 0.2)))
        .containsExactly(0.9f * 1 - 0.5f, 0.9f * 2 + 0.5f, 0.9f * 3);
  }

  private static float[] stepped(GradientDescent.Settings settings) {
    try (TorchDevice device = TorchDevice.openCpu()) {
      return device.call(
          () -> {
            try (NDManager step = device.newManager()) {
              Shape shape = new Shape(1, 3);
              LoraState before =
                  new LoraState(step.create(new float[] {1, 2, 3}, shape), List.of());
              LoraState after =
                  settings
                      .create(step)
                      .step(before, step.create(new float[] {4, -0.25f, 0}, shape), new int[] {1});
              assertThat(before.parameters().toFloatArray()).containsExactly(1, 2, 3);
              assertThat(after.moments()).isEmpty();
              return after.parameters().toFloatArray();
            }
          });
    }
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GradientDescent.Settings(Direction.SIGN, 0, 0))
        .withMessage("learningRate must be above 0, but is 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GradientDescent.Settings(Direction.SIGN, 1, -1))
        .withMessage("weightDecay must be at least 0, but is -1.0");
  }
}

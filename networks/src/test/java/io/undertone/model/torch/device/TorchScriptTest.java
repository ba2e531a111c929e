package io.undertone.model.torch.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TorchScriptTest {

  @Test
  void computesWithTensorsThatItKeeps() {
    onDevice(
        manager -> {
          TorchScript script =
              TorchScript.load(
                  """
                    def forward(self, x: Tensor) -> Tensor:
                      factor, summand = self.tensors
                      return torch.add(torch.mul(x, factor), summand)
                  """,
                  manager);
          try (NDArray factor = manager.create(new float[] {2, 3});
              NDArray summand = manager.create(1f)) {
            script.keep(factor);
            script.keep(summand);
          }

          NDArray result = script.forward(manager.create(new float[] {10, 20}));

          assertThat(result.toFloatArray()).containsExactly(21, 61);
          assertThat(result.getManager()).isSameAs(manager);
        });
  }

  @Test
  void keepsWhatAMethodMakesOfATensor() {
    onDevice(
        manager -> {
          TorchScript script =
              TorchScript.load(
                  """
                    def keep_as_bfloat16(self, tensor: Tensor) -> NoneType:
                      _0 = torch.append(self.tensors, torch.to(tensor, 15))
                      return None
                    def forward(self, x: Tensor) -> Tensor:
                      return torch.add(x, (self.tensors)[0])
                  """,
                  manager);
          script.keep("keep_as_bfloat16", manager.create(new float[] {1 + 0x1p-7f, 1 + 0x1p-10f}));

          NDArray result = script.forward(manager.create(new float[] {0, 0}));

          assertThat(result.toFloatArray()).containsExactly(1 + 0x1p-7f, 1);
        });
  }

  @Test
  void takesNumbersBesideATensor() {
    onDevice(
        manager -> {
          TorchScript script =
              TorchScript.load(
                  """
                    def forward(self, x: Tensor, sizes: List[int]) -> Tensor:
                      return (torch.split_with_sizes(x, sizes))[1]
                  """,
                  manager);

          NDArray result = script.forward(manager.create(new float[] {1, 2, 3}), new long[] {1, 2});

          assertThat(result.toFloatArray()).containsExactly(2, 3);
        });
  }

  @Test
  void aMistakeInTheSourceIsNamed() {
    onDevice(
        manager ->
            assertThatThrownBy(
                    () ->
                        TorchScript.load(
                            """
                              def forward(self, x: Tensor) -> Tensor:
                                return torch.no_such_operation(x)
                            """,
                            manager))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no_such_operation"));
  }

  private static void onDevice(Consumer<NDManager> test) {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              test.accept(manager);
            }
          });
    }
  }
}

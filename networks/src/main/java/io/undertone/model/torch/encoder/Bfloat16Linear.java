package io.undertone.model.torch.encoder;

import ai.djl.ndarray.NDArray;
import io.undertone.model.torch.device.TorchScript;

/** A linear map with bfloat16 products, accumulated in float32. Input and output are float32. */
final class Bfloat16Linear implements Linear {

  /** PyTorch's scalar types: 15 is bfloat16, 6 is float32. */
  private static final String FORWARD =
      """
        def forward(self, rows: Tensor) -> Tensor:
          weight, bias = self.tensors
          return torch.to(torch.linear(torch.to(rows, 15), weight, bias), 6)
      """;

  private final TorchScript script;

  /** Takes ownership of the float32 weights. */
  Bfloat16Linear(Affine map) {
    try (map) {
      script = TorchScript.load(FORWARD, map.weight().getManager());
      script.keepAsBfloat16(map.weight());
      script.keepAsBfloat16(map.bias());
    }
  }

  @Override
  public NDArray of(NDArray rows) {
    return script.forward(rows);
  }
}

package io.undertone.model.torch.encoder;

import ai.djl.ndarray.NDArray;
import io.undertone.model.torch.device.TorchScript;

/** Products of bfloat16 numbers, summed in float32. Rows come and go as float32. */
final class Bfloat16Linear implements Linear {

  /** 15 is bfloat16 and 6 float32. */
  private static final String FORWARD =
      """
        def forward(self, rows: Tensor) -> Tensor:
          weight, bias = self.tensors
          return torch.to(torch.linear(torch.to(rows, 15), weight, bias), 6)
      """;

  private final TorchScript script;

  /** Takes over the float32 weights. */
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

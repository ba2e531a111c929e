package io.undertone.model.torch.encoder;

import ai.djl.ndarray.NDArray;
import io.undertone.model.torch.device.TorchScript;

/** A frozen linear map with bias, followed by GELU. */
final class LinearGelu {

  private static final String FORWARD =
      """
        def forward(self, rows: Tensor) -> Tensor:
          weight, bias = self.tensors
          return torch.to(self.linear_gelu(self.rounded(rows), weight, bias), %d)
      """
          .formatted(Products.FLOAT32);

  private final TorchScript script;

  /** Takes ownership of the float32 weights. */
  LinearGelu(Affine map, Products products) {
    script = products.script(FORWARD, map.weight().getManager());
    Products.keep(map, script);
  }

  /** (rows, in) to (rows, out), float32, in the manager of the rows. */
  NDArray of(NDArray rows) {
    return script.forward(rows);
  }
}

package io.undertone.model.torch.encoder;

import ai.djl.ndarray.NDArray;
import io.undertone.model.torch.device.RowProducts;

/** Products in float32. */
record Float32Linear(Affine map) implements Linear {

  @Override
  public NDArray of(NDArray rows) {
    return of(rows, map);
  }

  static NDArray of(NDArray rows, Affine map) {
    return RowProducts.of(rows, map.weight()).addi(map.bias());
  }
}

package io.undertone.model.torch.encoder;

import ai.djl.ndarray.NDArray;
import io.undertone.model.torch.device.Processor;
import io.undertone.model.torch.device.RowProducts;

/** A linear map in float32: by MKL on Intel processors, where it is fast, otherwise by oneDNN. */
record Float32Linear(Affine map) implements Linear {
  private static final boolean MKL_IS_FAST = Processor.ofThisMachine().intel();

  @Override
  public NDArray of(NDArray rows) {
    return of(rows, map);
  }

  static NDArray of(NDArray rows, Affine map) {
    return MKL_IS_FAST
        ? ai.djl.nn.core.Linear.linear(rows, map.weight(), map.bias()).singletonOrThrow()
        : RowProducts.of(rows, map.weight()).addi(map.bias());
  }
}

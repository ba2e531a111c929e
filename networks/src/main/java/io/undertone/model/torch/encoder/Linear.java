package io.undertone.model.torch.encoder;

import ai.djl.ndarray.NDArray;

/** A frozen linear map, weight and bias. */
@FunctionalInterface
interface Linear {

  /** rows: (rows, in), float32, to (rows, out), float32, in the manager of the rows. */
  NDArray of(NDArray rows);
}

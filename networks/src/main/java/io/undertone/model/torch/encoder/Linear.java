package io.undertone.model.torch.encoder;

import ai.djl.ndarray.NDArray;

/** A frozen linear map with bias. */
@FunctionalInterface
interface Linear {

  /** (rows, in) to (rows, out), float32, in the manager of the rows. */
  NDArray of(NDArray rows);
}

package io.undertone.model.torch.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Weight and bias of a frozen linear map or layer norm.
 *
 * @param weight (out, in) of a linear map, (width) of a norm; float32
 * @param bias (out) or (width), float32
 */
record Affine(NDArray weight, NDArray bias) implements AutoCloseable {

  Affine attach(NDManager owner) {
    weight.attach(owner);
    bias.attach(owner);
    return this;
  }

  @Override
  public void close() {
    weight.close();
    bias.close();
  }
}

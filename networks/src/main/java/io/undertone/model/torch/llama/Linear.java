package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;

/** A linear map without bias. */
final class Linear {

  private Linear() {}

  /** input: (…, in); weight: (out, in); result: (…, out) */
  static NDArray apply(NDArray input, NDArray weight) {
    return ai.djl.nn.core.Linear.linear(input, weight).singletonOrThrow();
  }
}

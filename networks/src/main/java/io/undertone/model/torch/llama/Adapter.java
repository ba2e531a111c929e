package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;

/** Adds to the outputs of a decoder's projections; the decoder's own weights stay frozen. */
@FunctionalInterface
public interface Adapter {

  /** No adapter: the decoder's own output. */
  Adapter NONE = (projection, input, output) -> output;

  /**
   * The output of a projection with the adapter's part added.
   *
   * @param input (batch, time, in)
   * @param output (batch, time, out): the frozen projection's output for the input
   * @return (batch, time, out)
   */
  NDArray adapt(Projection projection, NDArray input, NDArray output);
}

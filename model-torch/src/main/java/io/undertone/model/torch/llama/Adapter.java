package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;

/** What changes the projections of a decoder whose own weights stay as they are. */
@FunctionalInterface
public interface Adapter {

  /** The decoder as it is. */
  Adapter NONE = (projection, input, output) -> output;

  /**
   * The output of a projection with the adapter's part added.
   *
   * @param input (batch, time, in)
   * @param output (batch, time, out): what the decoder's own weights make of the input
   * @return (batch, time, out)
   */
  NDArray adapt(Projection projection, NDArray input, NDArray output);
}

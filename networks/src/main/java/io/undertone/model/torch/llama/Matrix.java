package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;
import io.undertone.model.torch.device.RowProducts;

/** A matrix of a decoder, (out, in), or a table with a row for each token, (vocabulary, width). */
interface Matrix {

  /** (…, in) to (…, out), with gradients for the input, and for the weight if it requires them. */
  NDArray learning(NDArray input);

  /** The same without gradients, rounded differently. */
  NDArray reading(NDArray input);

  /**
   * Rows of a table.
   *
   * @param indices (…), int64; the result belongs to their manager
   * @return (…, width), float32
   */
  NDArray rows(NDArray indices);

  /** Float32 values, which may learn. */
  record Float32(NDArray values) implements Matrix {

    @Override
    public NDArray learning(NDArray input) {
      return Linear.linear(input, values).singletonOrThrow();
    }

    @Override
    public NDArray reading(NDArray input) {
      return RowProducts.of(input, values);
    }

    @Override
    public NDArray rows(NDArray indices) {
      return Lookup.rows(values, indices);
    }
  }
}

package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.SparseFormat;

/** Rows of a table by their number. */
public final class Lookup {

  private Lookup() {}

  /**
   * With a gradient for the table.
   *
   * @param table (rows, width)
   * @param indices (…), int64; the result belongs to their manager
   * @return (…, width)
   */
  public static NDArray rows(NDArray table, NDArray indices) {
    return indices
        .getNDArrayInternal()
        .embedding(indices, table, SparseFormat.DENSE)
        .singletonOrThrow();
  }
}

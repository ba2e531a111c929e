package io.undertone.model.torch.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;

/** Token sequences of different lengths as the rows of one array, padded on the right. */
public final class TokenRows {
  private final List<int[]> rows;
  private final int time;

  public TokenRows(List<int[]> rows) {
    this.rows = rows;
    this.time = longest(rows);
  }

  /** Length of the longest row. */
  public static int longest(List<int[]> rows) {
    return rows.stream().mapToInt(row -> row.length).max().orElse(0);
  }

  /** (batch, time), int64 */
  public NDArray toArray(int fill, NDManager step) {
    long[] ids = new long[rows.size() * time];
    Arrays.fill(ids, fill);
    for (int row = 0; row < rows.size(); row++) {
      int[] tokens = rows.get(row);
      for (int i = 0; i < tokens.length; i++) {
        ids[row * time + i] = tokens[i];
      }
    }
    return step.create(ids, new Shape(rows.size(), time));
  }
}

package io.undertone.model.torch.device;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/** Copies arrays from the device. */
public final class Rows {

  private Rows() {}

  /** The rows of a float32 array, (rows, width). */
  public static float[][] of(NDArray array) {
    float[] flat = array.toFloatArray();
    int width = Math.toIntExact(array.getShape().get(1));
    float[][] rows = new float[flat.length / width][];
    Arrays.setAll(rows, row -> Arrays.copyOfRange(flat, row * width, (row + 1) * width));
    return rows;
  }
}

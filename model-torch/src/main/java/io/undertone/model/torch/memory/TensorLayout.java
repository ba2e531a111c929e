package io.undertone.model.torch.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.undertone.model.MemoryFormatException;
import io.undertone.model.MemorySnapshot.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Named matrices side by side in one array, each row by row. Names, shapes and order are part of
 * the snapshot format.
 */
public final class TensorLayout {

  /** Name and shape of one matrix. */
  public record Matrix(String name, int rows, int columns) {

    public int size() {
      return rows * columns;
    }
  }

  private final List<Matrix> matrices;
  private final int size;

  public TensorLayout(List<Matrix> matrices) {
    this.matrices = List.copyOf(matrices);
    this.size = matrices.stream().mapToInt(Matrix::size).reduce(0, Math::addExact);
  }

  public List<Matrix> matrices() {
    return matrices;
  }

  /** Number of values of all matrices. */
  public int size() {
    return size;
  }

  /**
   * The values of each matrix, as views.
   *
   * @param values (batch, size)
   * @return (batch, rows · columns) each
   */
  public NDList split(NDArray values) {
    long[] ends = new long[matrices.size() - 1];
    long end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += matrices.get(i).size();
      ends[i] = end;
    }
    return values.split(ends, 1);
  }

  /** The values as named tensors; {@code suffix} is added to each name. */
  public List<Tensor> tensors(float[] values, String suffix) {
    List<Tensor> tensors = new ArrayList<>();
    int offset = 0;
    for (Matrix matrix : matrices) {
      tensors.add(
          new Tensor(
              matrix.name() + suffix,
              new int[] {matrix.rows(), matrix.columns()},
              Arrays.copyOfRange(values, offset, offset + matrix.size())));
      offset += matrix.size();
    }
    return tensors;
  }

  /**
   * The inverse of {@link #tensors}.
   *
   * @throws MemoryFormatException if a name or shape differs, or a value is not finite
   */
  public float[] values(List<Tensor> tensors, String suffix) {
    float[] values = new float[size];
    int offset = 0;
    for (int i = 0; i < matrices.size(); i++) {
      Matrix matrix = matrices.get(i);
      Tensor tensor = tensors.get(i);
      checkNameAndShape(i, matrix, suffix, tensor);
      checkFinite(tensor);
      System.arraycopy(tensor.values(), 0, values, offset, matrix.size());
      offset += matrix.size();
    }
    return values;
  }

  /**
   * Checks that a snapshot has all matrices, once for the values themselves and once for each
   * moment.
   *
   * @throws MemoryFormatException if it has more or fewer
   */
  public void checkCount(List<Tensor> tensors, int moments) {
    int expected = (1 + moments) * matrices.size();
    if (tensors.size() != expected) {
      throw new MemoryFormatException(
          "memory must have " + expected + " tensors, but has " + tensors.size());
    }
  }

  private static void checkNameAndShape(int index, Matrix matrix, String suffix, Tensor tensor) {
    int[] shape = {matrix.rows(), matrix.columns()};
    if (!tensor.name().equals(matrix.name() + suffix) || !Arrays.equals(tensor.shape(), shape)) {
      throw new MemoryFormatException(
          "tensor %d must be %s%s of shape %s, but is %s of shape %s"
              .formatted(
                  index,
                  matrix.name(),
                  suffix,
                  Arrays.toString(shape),
                  tensor.name(),
                  Arrays.toString(tensor.shape())));
    }
  }

  private static void checkFinite(Tensor tensor) {
    for (float value : tensor.values()) {
      if (!Float.isFinite(value)) {
        throw new MemoryFormatException(
            "values of tensor " + tensor.name() + " must be finite, but one is " + value);
      }
    }
  }
}

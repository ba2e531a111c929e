package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.undertone.model.torch.device.RowProducts;
import java.util.HashMap;
import java.util.Map;

/**
 * Layers without gradients. Convolutions are computed as products of rows: a row holds the inputs
 * of a kernel at one time, all channels of its first tap, then of the next. Fast if the channels of
 * a time are contiguous in memory.
 */
final class FrozenLayers extends Layers {

  /**
   * A convolution's weight as a matrix.
   *
   * @param weight (out, kernel · in)
   * @param bias (out)
   */
  private record Kernel(NDArray weight, NDArray bias) {}

  private final WeightSource weights;
  private final Map<String, Kernel> kernels = new HashMap<>();

  FrozenLayers(WeightSource weights) {
    super(weights);
    this.weights = weights;
  }

  @Override
  public NDArray conv(String name, NDArray x, int in, int out, int kernel, int dilation) {
    Kernel matrix = kernels.computeIfAbsent(name, absent -> kernel(name, in, out, kernel));
    NDArray rows = taps(x.transpose(0, 2, 1), kernel, dilation);
    return RowProducts.of(rows, matrix.weight()).addi(matrix.bias()).transpose(0, 2, 1);
  }

  /** All arrays that it creates belong to the manager of x. */
  @Override
  public NDArray linear(String name, NDArray x, int in, int out) {
    NDArray weight = weights.get(name + ".weight", new Shape(out, in), in);
    NDArray bias = weights.get(name + ".bias", new Shape(out), 0);
    return Linear.linear(x, weight, bias).singletonOrThrow();
  }

  private Kernel kernel(String name, int in, int out, int kernel) {
    NDArray weight = weights.get(name + ".weight", new Shape(out, in, kernel), in * kernel);
    NDArray bias = weights.get(name + ".bias", new Shape(out), 0);
    try (NDArray tapByTap = weight.transpose(0, 2, 1)) {
      return new Kernel(tapByTap.reshape(out, (long) kernel * in), bias);
    }
  }

  /**
   * rows: (batch, time, in) to (batch, time, kernel · in), with zeros before the beginning and
   * after the end.
   */
  private static NDArray taps(NDArray rows, int kernel, int dilation) {
    if (kernel == 1) {
      return rows;
    }
    Shape shape = rows.getShape();
    long time = shape.get(1);
    long margin = (long) dilation * (kernel / 2);
    NDArray zeros = rows.getManager().zeros(new Shape(shape.get(0), margin, shape.get(2)));
    NDArray padded = NDArrays.concat(new NDList(zeros, rows, zeros), 1);
    NDList taps = new NDList();
    for (int tap = 0; tap < kernel; tap++) {
      long begin = (long) tap * dilation;
      taps.add(padded.get(new NDIndex().addAllDim().addSliceDim(begin, begin + time)));
    }
    return NDArrays.concat(taps, 2);
  }
}

package io.undertone.model.torch.device;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Measures how fast a device multiplies large float32 matrices, (1024, 1024) by (1024, 1024), as a
 * reference for arithmetic. Multiply and add count as two operations. Opens the device for its own
 * use; may be called on any thread.
 */
public final class MatrixMultiply implements AutoCloseable {
  private static final int SIZE = 1024;
  private static final double FLOPS = 2.0 * SIZE * SIZE * SIZE;
  private static final int REPETITIONS = 20;

  private final TorchDevice device;
  private final NDManager manager;
  private final NDArray left;
  private final NDArray right;

  private MatrixMultiply(TorchDevice device, NDManager manager) {
    this.device = device;
    this.manager = manager;
    left = manager.randomUniform(-1, 1, new Shape(SIZE, SIZE));
    right = manager.randomUniform(-1, 1, new Shape(SIZE, SIZE));
  }

  /** Makes the matrices. */
  public static MatrixMultiply open(DeviceChoice choice) {
    TorchDevice device = TorchDevice.open(choice);
    return device.call(() -> new MatrixMultiply(device, device.newManager()));
  }

  /** The best of several products, in billions of operations in a processor second. */
  public static double peakGflops(DeviceChoice device) {
    double best = 0;
    try (MatrixMultiply product = open(device)) {
      for (int i = 0; i < REPETITIONS; i++) {
        best = Math.max(best, product.gflops());
      }
    }
    return best;
  }

  /** Multiplies once; billions of operations in a processor second of the device's thread. */
  public double gflops() {
    return FLOPS / device.call(() -> CoreTime.nanos(this::multiply));
  }

  private void multiply() {
    try (NDArray product = left.matMul(right)) {
      product.getFloat(0, 0);
    }
  }

  @Override
  public void close() {
    device.run(manager::close);
    device.close();
  }
}

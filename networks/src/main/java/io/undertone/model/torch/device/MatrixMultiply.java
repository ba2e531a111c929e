package io.undertone.model.torch.device;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Measures how fast the processor multiplies large float32 matrices, (1024, 1024) by (1024, 1024),
 * as a reference for arithmetic. Multiply and add count as two operations. Used on the device's
 * owner thread.
 */
public final class MatrixMultiply implements AutoCloseable {
  private static final int SIZE = 1024;
  private static final double FLOPS = 2.0 * SIZE * SIZE * SIZE;
  private static final int REPETITIONS = 20;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final NDArray left;
  private final NDArray right;

  /**
   * @param manager its device is measured
   */
  public MatrixMultiply(NDManager manager) {
    left = manager.randomUniform(-1, 1, new Shape(SIZE, SIZE));
    right = manager.randomUniform(-1, 1, new Shape(SIZE, SIZE));
  }

  /**
   * The best of several products, in billions of operations in a processor second. May be called on
   * any thread.
   */
  public static double peakGflops() {
    TorchDevice device = TorchDevice.openCpu();
    try {
      return device.call(() -> peakGflops(device));
    } finally {
      device.close();
    }
  }

  private static double peakGflops(TorchDevice device) {
    double best = 0;
    try (NDManager manager = device.newManager();
        MatrixMultiply product = new MatrixMultiply(manager)) {
      for (int i = 0; i < REPETITIONS; i++) {
        best = Math.max(best, product.gflops());
      }
    }
    return best;
  }

  /** Multiplies once; billions of operations in a processor second of this thread. */
  public double gflops() {
    long begin = THREADS.getCurrentThreadCpuTime();
    try (NDArray product = left.matMul(right)) {
      product.getFloat(0, 0);
    }
    return FLOPS / (THREADS.getCurrentThreadCpuTime() - begin);
  }

  @Override
  public void close() {
    left.close();
    right.close();
  }
}

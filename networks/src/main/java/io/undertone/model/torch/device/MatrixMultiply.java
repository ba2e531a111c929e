package io.undertone.model.torch.device;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Measures how fast the processor multiplies large matrices, as a reference for arithmetic. */
public final class MatrixMultiply {
  private static final int SIZE = 1024;
  private static final int REPETITIONS = 20;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private MatrixMultiply() {}

  /**
   * Billions of float32 operations in a processor second of the device's thread: the best of
   * several products of (1024, 1024) and (1024, 1024). Multiply and add count as two operations.
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
    double flops = 2.0 * SIZE * SIZE * SIZE;
    double best = 0;
    try (NDManager step = device.newManager()) {
      NDArray left = step.randomUniform(-1, 1, new Shape(SIZE, SIZE));
      NDArray right = step.randomUniform(-1, 1, new Shape(SIZE, SIZE));
      for (int i = 0; i < REPETITIONS; i++) {
        long begin = THREADS.getCurrentThreadCpuTime();
        try (NDArray product = left.matMul(right)) {
          product.getFloat(0, 0);
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - begin;
        best = Math.max(best, flops / nanos);
      }
    }
    return best;
  }
}

package io.undertone.model.torch.device;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * Computes losses with gradients on, and their gradients. It bypasses the engine's {@code
 * GradientCollector}, which allows one pass at a time in a process, although each device has its
 * own thread.
 */
public final class Backward {
  private final Runnable betweenPasses;

  public Backward() {
    this(() -> {});
  }

  /**
   * @param betweenPasses runs after the forward and before the backward pass
   */
  public Backward(Runnable betweenPasses) {
    this.betweenPasses = betweenPasses;
  }

  /**
   * Runs on the device's owner thread. Afterwards, each array that requires a gradient has the
   * gradient of the sum of all losses. The caller attaches it to the manager of its step.
   *
   * @param losses computes an array of any shape
   * @return that array
   */
  public NDArray of(Supplier<NDArray> losses) {
    JniUtils.setGradMode(true);
    try {
      NDArray values = losses.get();
      betweenPasses.run();
      NDManager step = values.getManager();
      try (NDArray ones = step.ones(values.getShape())) {
        JniUtils.backward((PtNDArray) values, (PtNDArray) ones, false, false);
      }
      return values;
    } finally {
      JniUtils.setGradMode(false);
    }
  }
}

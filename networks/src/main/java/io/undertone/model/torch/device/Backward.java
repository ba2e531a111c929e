package io.undertone.model.torch.device;

import ai.djl.ndarray.NDArray;
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
    return withGradients(
        () -> {
          NDArray values = losses.get();
          try (NDArray ones = values.getManager().ones(values.getShape())) {
            pass(values, ones);
          }
          return values;
        });
  }

  /**
   * The same for a part of a computation.
   *
   * @param output computes the part's output
   * @param gradient of the sum of all losses for that output, of the same shape
   */
  public void through(Supplier<NDArray> output, NDArray gradient) {
    NDArray values =
        withGradients(
            () -> {
              NDArray computed = output.get();
              pass(computed, gradient);
              return computed;
            });
    values.close();
  }

  private static NDArray withGradients(Supplier<NDArray> passes) {
    JniUtils.setGradMode(true);
    try {
      return passes.get();
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  private void pass(NDArray values, NDArray gradient) {
    betweenPasses.run();
    JniUtils.backward((PtNDArray) values, (PtNDArray) gradient, false, false);
  }
}

package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** {@code x / sqrt(mean(x²) + epsilon) · weight} (Zhang and Sennrich, arXiv 1910.07467). */
final class RmsNorm {
  private static final int[] LAST = {-1};

  private final NDArray epsilon;

  /**
   * @param manager owns the constant
   */
  RmsNorm(double epsilon, NDManager manager) {
    this.epsilon = manager.full(new Shape(), (float) epsilon);
  }

  /** input and result: (…, width); weight: (width) */
  NDArray of(NDArray input, NDArray weight) {
    NDArray root = input.square().mean(LAST, true).add(epsilon).sqrt();
    return input.div(root).mul(weight);
  }
}

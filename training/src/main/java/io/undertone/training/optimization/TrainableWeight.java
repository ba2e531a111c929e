package io.undertone.training.optimization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * A weight in training, all arrays of the same shape.
 *
 * @param mean first moment of AdamW
 * @param variance second moment of AdamW
 * @param average over the last steps
 */
record TrainableWeight(NDArray value, NDArray mean, NDArray variance, NDArray average) {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.98f;
  private static final float EPSILON = 1e-8f;

  /** Correction of the moments' bias after some steps. */
  static double correction(int steps) {
    return Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
  }

  /**
   * A weight before its first step.
   *
   * @param manager owns the moments and the average
   */
  static TrainableWeight of(NDArray value, NDManager manager) {
    value.setRequiresGradient(true);
    Shape shape = value.getShape();
    NDArray average = value.stopGradient().duplicate();
    average.attach(manager);
    return new TrainableWeight(
        value,
        manager.zeros(shape, DataType.FLOAT32),
        manager.zeros(shape, DataType.FLOAT32),
        average);
  }

  /**
   * One step of AdamW (Loshchilov and Hutter 2017).
   *
   * @param rate learning rate
   * @param correction of the moments' bias
   * @param decay weight decay of matrices; vectors do not decay
   * @param scale of the gradient
   */
  void update(NDArray gradient, float rate, float correction, float decay, float scale) {
    value
        .getNDArrayInternal()
        .adamUpdate(
            new NDList(value, gradient, mean, variance),
            new NDList(value),
            rate,
            rate * correction,
            value.getShape().dimension() > 1 ? decay : 0,
            scale,
            -1,
            BETA1,
            BETA2,
            EPSILON,
            false,
            true);
  }

  /**
   * Moves the average towards the value.
   *
   * @param share weight of the value
   */
  void updateAverage(double share) {
    try (NDArray detached = value.stopGradient();
        NDArray weighted = detached.mul(share)) {
      average.muli(1 - share).addi(weighted);
    }
  }

  /** Assigns zeros: subtracting a non-finite gradient from itself would leave NaN forever. */
  void clearGradient() {
    JniUtils.zeroGrad((PtNDArray) value);
  }

  /** A copy of the value without gradient. */
  NDArray copy(NDManager manager) {
    NDArray copy = value.stopGradient().duplicate();
    copy.attach(manager);
    return copy;
  }

  void set(NDArray values) {
    value.set(new NDIndex("..."), values);
  }
}

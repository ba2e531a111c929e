package io.undertone.training.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.Backward;
import io.undertone.training.optimization.OneCycle;
import io.undertone.training.optimization.TrainableWeights;
import java.util.Random;

/**
 * Multinomial logistic regression with soft targets, by Adam on all rows at once:
 *
 * <pre>
 * loss = - Σ_i share_i Σ_k target_ik log softmax(W x_i + b)_k + penalty · |W|²
 * </pre>
 */
final class LogisticRegression {

  private static final float PENALTY = 3e-3f;
  private static final int STEPS = 200;
  private static final float LEARNING_RATE = 3e-2f;

  private final NDManager manager;

  /**
   * The solution.
   *
   * @param weight W, (labels, width)
   * @param bias b, (labels)
   */
  record Solution(NDArray weight, NDArray bias) {}

  /**
   * @param manager owns the solution
   */
  LogisticRegression(NDManager manager) {
    this.manager = manager;
  }

  /**
   * Solves from zero.
   *
   * @param rows (rows, width), about standardized
   * @param targets probabilities times the row's share, (rows, labels)
   */
  Solution solve(NDArray rows, NDArray targets) {
    long labels = targets.getShape().get(1);
    TrainableWeights weights = new TrainableWeights(manager, new Random(0));
    NDArray weight = weights.get("weight", new Shape(labels, rows.getShape().get(1)), 0);
    NDArray bias = weights.get("bias", new Shape(labels), 0);
    NDArray penalty = manager.create(PENALTY);
    OneCycle rate = new OneCycle(LEARNING_RATE, STEPS);
    for (int step = 0; step < STEPS; step++) {
      try (NDScope arrays = new NDScope()) {
        arrays.suppressNotUsedWarning();
        new Backward()
            .of(
                () -> {
                  NDArray logits = rows.matMul(weight.transpose()).add(bias);
                  NDArray fit = logits.logSoftmax(1).mul(targets).sum().neg();
                  return fit.add(weight.square().sum().mul(penalty));
                });
      }
      weights.update(rate.at(step), 0, Float.MAX_VALUE);
    }
    return new Solution(weight.stopGradient().duplicate(), bias.stopGradient().duplicate());
  }
}

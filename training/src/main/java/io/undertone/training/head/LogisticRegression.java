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
 * Multinomial logistic regression with soft targets, by Adam on all rows at once. W₀ and b₀ are
 * those of a {@link Prior}, at which the steps begin:
 *
 * <pre>
 * loss = - Σ_i share_i Σ_k target_ik log softmax(W x_i + b)_k
 *        + penalty · |W - W₀|² + biasPenalty · |b - b₀|²
 * </pre>
 */
final class LogisticRegression {

  private static final float PENALTY = 3e-3f;
  private static final int STEPS = 200;
  private static final float LEARNING_RATE = 3e-2f;

  private final NDManager manager;
  private final int steps;
  private final float learningRate;

  /**
   * The solution.
   *
   * @param weight W, (labels, width)
   * @param bias b, (labels)
   */
  record Solution(NDArray weight, NDArray bias) {}

  /**
   * What the solution is drawn towards, as by a normal prior.
   *
   * @param mean W₀ and b₀
   */
  record Prior(Solution mean, float penalty, float biasPenalty) {}

  /**
   * A regression that starts from zero.
   *
   * @param manager owns the solution
   */
  LogisticRegression(NDManager manager) {
    this(manager, STEPS, LEARNING_RATE);
  }

  /**
   * @param manager owns the solution
   * @param learningRate the highest of all steps
   */
  LogisticRegression(NDManager manager, int steps, float learningRate) {
    this.manager = manager;
    this.steps = steps;
    this.learningRate = learningRate;
  }

  /**
   * Solves from zero; the bias has no penalty.
   *
   * @param rows (rows, width), about standardized
   * @param targets probabilities times the row's share, (rows, labels)
   */
  Solution solve(NDArray rows, NDArray targets) {
    long labels = targets.getShape().get(1);
    Solution zero =
        new Solution(
            manager.zeros(new Shape(labels, rows.getShape().get(1))),
            manager.zeros(new Shape(labels)));
    return solve(rows, targets, new Prior(zero, PENALTY, 0));
  }

  /**
   * Solves from the mean of a prior.
   *
   * @param rows (rows, width), about standardized
   * @param targets probabilities times the row's share, (rows, labels)
   */
  Solution solve(NDArray rows, NDArray targets, Prior prior) {
    Solution mean = prior.mean();
    TrainableWeights weights = new TrainableWeights(manager, new Random(0));
    weights.adopt("weight", mean.weight().duplicate());
    weights.adopt("bias", mean.bias().duplicate());
    NDArray weight = weights.get("weight", mean.weight().getShape(), 0);
    NDArray bias = weights.get("bias", mean.bias().getShape(), 0);
    NDArray penalty = manager.create(prior.penalty());
    NDArray biasPenalty = manager.create(prior.biasPenalty());
    OneCycle rate = new OneCycle(learningRate, steps);
    for (int step = 0; step < steps; step++) {
      try (NDScope arrays = new NDScope()) {
        arrays.suppressNotUsedWarning();
        new Backward()
            .of(
                () -> {
                  NDArray logits = rows.matMul(weight.transpose()).add(bias);
                  NDArray fit = logits.logSoftmax(1).mul(targets).sum().neg();
                  return fit.add(weight.sub(mean.weight()).square().sum().mul(penalty))
                      .add(bias.sub(mean.bias()).square().sum().mul(biasPenalty));
                });
      }
      weights.update(rate.at(step), 0, Float.MAX_VALUE);
    }
    return new Solution(weight.stopGradient().duplicate(), bias.stopGradient().duplicate());
  }
}

package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * AdamW (Loshchilov and Hutter, arXiv 1711.05101) as PyTorch computes it, for a batch whose rows
 * have taken different numbers of steps:
 *
 * <pre>
 * m = beta1 · m + (1 - beta1) · g        v = beta2 · v + (1 - beta2) · g²
 * p = (1 - rate · decay) · p - rate / (1 - beta1^t) · m / (√v / √(1 - beta2^t) + epsilon)
 * </pre>
 */
public final class AdamW implements Optimizer {

  /** The constants of the formula. */
  public record Settings(
      double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
      implements OptimizerSettings {

    public Settings {
      OptimizerSettings.check(learningRate, weightDecay);
      share("beta1", beta1);
      share("beta2", beta2);
      if (!(epsilon > 0)) {
        throw new IllegalArgumentException("epsilon must be above 0, but is " + epsilon);
      }
    }

    @Override
    public Settings withLearningRate(double otherRate) {
      return new Settings(otherRate, beta1, beta2, epsilon, weightDecay);
    }

    @Override
    public int moments() {
      return 2;
    }

    @Override
    public AdamW create(NDManager manager) {
      return new AdamW(this, manager);
    }

    private static void share(String name, double value) {
      if (!(value >= 0 && value < 1)) {
        throw new IllegalArgumentException(
            name + " must be at least 0 and below 1, but is " + value);
      }
    }
  }

  private final Settings settings;
  private final NDArray beta1;
  private final NDArray oneMinusBeta1;
  private final NDArray beta2;
  private final NDArray oneMinusBeta2;
  private final NDArray epsilon;
  private final NDArray kept;

  private AdamW(Settings settings, NDManager manager) {
    this.settings = settings;
    this.beta1 = scalar(settings.beta1(), manager);
    this.oneMinusBeta1 = scalar(1 - settings.beta1(), manager);
    this.beta2 = scalar(settings.beta2(), manager);
    this.oneMinusBeta2 = scalar(1 - settings.beta2(), manager);
    this.epsilon = scalar(settings.epsilon(), manager);
    this.kept = scalar(1 - settings.learningRate() * settings.weightDecay(), manager);
  }

  private static NDArray scalar(double value, NDManager manager) {
    return manager.full(new Shape(), (float) value);
  }

  @Override
  public LoraState step(LoraState state, NDArray gradient, int[] steps) {
    NDArray rates = rates(gradient.getManager(), steps);
    NDArray rootCorrections = rootCorrections(gradient.getManager(), steps);
    NDArray first = state.moments().get(0).mul(beta1).addi(gradient.mul(oneMinusBeta1));
    NDArray second = state.moments().get(1).mul(beta2).addi(gradient.square().muli(oneMinusBeta2));
    NDArray denominator = second.sqrt().divi(rootCorrections).addi(epsilon);
    NDArray change = first.div(denominator).muli(rates);
    return new LoraState(state.parameters().mul(kept).subi(change), List.of(first, second));
  }

  /** rate / (1 - beta1^t), (batch, 1) */
  private NDArray rates(NDManager step, int[] steps) {
    float[] rates = new float[steps.length];
    for (int row = 0; row < steps.length; row++) {
      rates[row] = (float) (settings.learningRate() / (1 - Math.pow(settings.beta1(), steps[row])));
    }
    return step.create(rates, new Shape(steps.length, 1));
  }

  /** √(1 - beta2^t), (batch, 1) */
  private NDArray rootCorrections(NDManager step, int[] steps) {
    float[] roots = new float[steps.length];
    for (int row = 0; row < steps.length; row++) {
      roots[row] = (float) Math.sqrt(1 - Math.pow(settings.beta2(), steps[row]));
    }
    return step.create(roots, new Shape(steps.length, 1));
  }
}

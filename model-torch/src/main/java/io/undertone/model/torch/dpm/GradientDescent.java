package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Locale;

/**
 * Descent without any state between steps: a memory of it is a third of the size.
 *
 * <pre>
 * gradient    p = (1 - rate · decay) · p - rate · g
 * sign        p = (1 - rate · decay) · p - rate · sign(g)        (signSGD, Bernstein et al., 2018)
 * </pre>
 */
public final class GradientDescent implements Optimizer {

  /** What is taken of the gradient. */
  public enum Direction {
    GRADIENT,
    SIGN;

    /** The name in a model's settings. */
    public String setting() {
      return this == GRADIENT ? "sgd" : name().toLowerCase(Locale.ROOT);
    }
  }

  /** The constants of the formula. */
  public record Settings(Direction direction, double learningRate, double weightDecay)
      implements OptimizerSettings {

    public Settings {
      OptimizerSettings.check(learningRate, weightDecay);
    }

    @Override
    public Settings withLearningRate(double otherRate) {
      return new Settings(direction, otherRate, weightDecay);
    }

    @Override
    public int moments() {
      return 0;
    }

    @Override
    public GradientDescent create(NDManager manager) {
      return new GradientDescent(this, manager);
    }
  }

  private final Settings settings;
  private final NDArray rate;
  private final NDArray kept;

  private GradientDescent(Settings settings, NDManager manager) {
    this.settings = settings;
    this.rate = manager.full(new Shape(), (float) settings.learningRate());
    this.kept =
        manager.full(new Shape(), (float) (1 - settings.learningRate() * settings.weightDecay()));
  }

  @Override
  public LoraState step(LoraState state, NDArray gradient, int[] steps) {
    NDArray direction =
        settings.direction() == Direction.SIGN ? gradient.sign() : gradient.duplicate();
    return new LoraState(state.parameters().mul(kept).subi(direction.muli(rate)), List.of());
  }
}

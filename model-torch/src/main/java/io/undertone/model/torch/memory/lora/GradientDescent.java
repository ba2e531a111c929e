package io.undertone.model.torch.memory.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.files.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Descent that keeps no state from step to step, so that a memory has a third of AdamW's size.
 *
 * <pre>
 * gradient    p = (1 - rate · decay) · p - rate · g
 * sign        p = (1 - rate · decay) · p - rate · sign(g)        (signSGD, Bernstein et al., 2018)
 * </pre>
 */
public final class GradientDescent implements Optimizer {

  /** The part of the gradient that a step follows. */
  public enum Direction {
    GRADIENT("sgd"),
    SIGN("sign");

    private final String setting;

    Direction(String setting) {
      this.setting = setting;
    }

    static Direction named(String setting) {
      return Arrays.stream(values())
          .filter(direction -> direction.setting.equals(setting))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "optimizer must be one of adamw, sgd, sign, but is " + setting));
    }
  }

  /** The constants of the formula. */
  public record Settings(Direction direction, double learningRate, double weightDecay)
      implements OptimizerSettings {

    public Settings {
      OptimizerSettings.check(learningRate, weightDecay);
    }

    static Settings read(JsonObject json) {
      return new Settings(
          Direction.named(json.text("optimizer")),
          json.number("learningRate"),
          json.number("weightDecay"));
    }

    @Override
    public String name() {
      return direction.setting;
    }

    @Override
    public Map<String, Object> ownSettings() {
      return Map.of();
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
  private final NDArray decayFactor;

  private GradientDescent(Settings settings, NDManager manager) {
    this.settings = settings;
    this.rate = manager.full(new Shape(), (float) settings.learningRate());
    this.decayFactor =
        manager.full(new Shape(), (float) (1 - settings.learningRate() * settings.weightDecay()));
  }

  @Override
  public LoraState step(LoraState state, NDArray gradient, int[] steps) {
    NDArray direction =
        settings.direction() == Direction.SIGN ? gradient.sign() : gradient.duplicate();
    return new LoraState(state.parameters().mul(decayFactor).subi(direction.muli(rate)), List.of());
  }
}

package io.undertone.model.torch.memory.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.files.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * AdamW (Loshchilov and Hutter, arXiv 1711.05101) as PyTorch computes it, for a batch whose rows
 * are at different steps t:
 *
 * <pre>
 * m = beta1 · m + (1 - beta1) · g        v = beta2 · v + (1 - beta2) · g²
 * p = (1 - rate · decay) · p - rate / (1 - beta1^t) · m / (√v / √(1 - beta2^t) + epsilon)
 * </pre>
 */
public final class AdamW implements Optimizer {

  /** The name in {@code undertone.json}. */
  static final String NAME = "adamw";

  /** The constants of the formula. */
  public record Settings(
      double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
      implements OptimizerSettings {

    static final List<String> OWN_FIELDS = List.of("beta1", "beta2", "epsilon");

    public Settings {
      OptimizerSettings.check(learningRate, weightDecay);
      requireFraction("beta1", beta1);
      requireFraction("beta2", beta2);
      if (!(epsilon > 0)) {
        throw new IllegalArgumentException("epsilon must be above 0, but is " + epsilon);
      }
    }

    /** The constants of Temp-LoRA's code (arXiv 2401.11504). */
    public static Settings typical(double learningRate, double weightDecay) {
      return new Settings(learningRate, 0.9, 0.999, 1e-7, weightDecay);
    }

    static Settings read(JsonObject json) {
      return new Settings(
          json.number("learningRate"),
          json.number("beta1"),
          json.number("beta2"),
          json.number("epsilon"),
          json.number("weightDecay"));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Map<String, Object> ownSettings() {
      Map<String, Object> own = new LinkedHashMap<>();
      own.put("beta1", beta1);
      own.put("beta2", beta2);
      own.put("epsilon", epsilon);
      return own;
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

    private static void requireFraction(String name, double value) {
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
  private final NDArray decayFactor;

  private AdamW(Settings settings, NDManager manager) {
    this.settings = settings;
    this.beta1 = scalar(settings.beta1(), manager);
    this.oneMinusBeta1 = scalar(1 - settings.beta1(), manager);
    this.beta2 = scalar(settings.beta2(), manager);
    this.oneMinusBeta2 = scalar(1 - settings.beta2(), manager);
    this.epsilon = scalar(settings.epsilon(), manager);
    this.decayFactor = scalar(1 - settings.learningRate() * settings.weightDecay(), manager);
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
    return new LoraState(state.parameters().mul(decayFactor).subi(change), List.of(first, second));
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

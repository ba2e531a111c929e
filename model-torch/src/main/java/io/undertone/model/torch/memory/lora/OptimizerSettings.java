package io.undertone.model.torch.memory.lora;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.files.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The optimiser that updates a memory, and its constants. */
public sealed interface OptimizerSettings permits AdamW.Settings, GradientDescent.Settings {

  /** The name in {@code undertone.json}. */
  String name();

  double learningRate();

  /** Weight decay of each step, as a fraction of the learning rate. */
  double weightDecay();

  /** The same with another learning rate. */
  OptimizerSettings withLearningRate(double otherRate);

  /** Number of values that are kept for each parameter from step to step. */
  int moments();

  /** Constants that only this optimiser has, by their names in {@code undertone.json}. */
  Map<String, Object> ownSettings();

  /**
   * Creates the optimiser.
   *
   * @param manager owns the optimiser's constants
   */
  Optimizer create(NDManager manager);

  /** All fields that describe the optimiser in {@code undertone.json}, in their order. */
  default Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("optimizer", name());
    settings.putAll(ownSettings());
    settings.put("learningRate", learningRate());
    settings.put("weightDecay", weightDecay());
    return settings;
  }

  /**
   * The same with changes; null keeps the present value.
   *
   * @param name of another optimiser, which then has typical constants
   */
  default OptimizerSettings with(@Nullable String name, @Nullable Double learningRate) {
    OptimizerSettings chosen = name == null ? this : named(name, learningRate(), weightDecay());
    return learningRate == null ? chosen : chosen.withLearningRate(learningRate);
  }

  private static OptimizerSettings named(String name, double learningRate, double weightDecay) {
    return name.equals(AdamW.NAME)
        ? AdamW.Settings.typical(learningRate, weightDecay)
        : new GradientDescent.Settings(
            GradientDescent.Direction.named(name), learningRate, weightDecay);
  }

  /** The fields that a JSON object may have for the optimiser it names. */
  static List<String> fields(JsonObject json) {
    List<String> common = List.of("optimizer", "learningRate", "weightDecay");
    return isAdamW(json)
        ? Stream.concat(common.stream(), AdamW.Settings.OWN_FIELDS.stream()).toList()
        : common;
  }

  /** Reads the fields of {@link #settings}; without a name the optimiser is AdamW. */
  static OptimizerSettings read(JsonObject json) {
    return isAdamW(json) ? AdamW.Settings.read(json) : GradientDescent.Settings.read(json);
  }

  private static boolean isAdamW(JsonObject json) {
    return !json.has("optimizer") || json.text("optimizer").equals(AdamW.NAME);
  }

  /** Refuses values that cannot learn. */
  static void check(double learningRate, double weightDecay) {
    if (!(learningRate > 0)) {
      throw new IllegalArgumentException("learningRate must be above 0, but is " + learningRate);
    }
    if (!(weightDecay >= 0)) {
      throw new IllegalArgumentException("weightDecay must be at least 0, but is " + weightDecay);
    }
  }
}

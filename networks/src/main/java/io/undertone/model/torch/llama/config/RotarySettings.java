package io.undertone.model.torch.llama.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.llama.config.RotaryScaling.DynamicNtk;
import io.undertone.model.torch.llama.config.RotaryScaling.Linear;
import io.undertone.model.torch.llama.config.RotaryScaling.Llama3;

/**
 * The rotary settings of {@code config.json}. Both places are read: that of transformers 5 ({@code
 * rope_parameters}) and that of older ones ({@code rope_theta} and {@code rope_scaling} at the
 * top).
 */
final class RotarySettings {
  private static final double DEFAULT_THETA = 10_000;
  private static final String PRETRAINED = "original_max_position_embeddings";
  private static final String POSITIONS = "max_position_embeddings";
  private static final String PARTIAL = "partial_rotary_factor";

  private RotarySettings() {}

  static RotaryAngles read(JsonObject json) {
    refusePartial(json);
    if (json.has("rope_parameters")) {
      JsonObject rope = json.object("rope_parameters");
      refusePartial(rope);
      double theta = rope.has("rope_theta") ? rope.number("rope_theta", 1) : theta(json);
      return new RotaryAngles(theta, scaling(json, rope));
    }
    if (json.isOff("rope_scaling")) {
      return new RotaryAngles(theta(json));
    }
    return new RotaryAngles(theta(json), scaling(json, json.object("rope_scaling")));
  }

  private static void refusePartial(JsonObject json) {
    if (json.has(PARTIAL) && json.number(PARTIAL) != 1) {
      throw json.wrong(PARTIAL, "be 1");
    }
  }

  private static double theta(JsonObject json) {
    return json.has("rope_theta") ? json.number("rope_theta", 1) : DEFAULT_THETA;
  }

  private static RotaryScaling scaling(JsonObject json, JsonObject rope) {
    String field = rope.has("rope_type") || !rope.has("type") ? "rope_type" : "type";
    String type = rope.has(field) ? rope.text(field) : "default";
    return switch (type) {
      case "default" -> RotaryScaling.NONE;
      case "linear" -> new Linear(rope.number("factor", 1));
      case "dynamic" -> new DynamicNtk(rope.number("factor", 1), json.integer(POSITIONS, 1));
      case "llama3" ->
          new Llama3(
              rope.number("factor", 1),
              rope.number("low_freq_factor", 0),
              rope.number("high_freq_factor", 0),
              rope.integer(PRETRAINED, 1));
      default -> throw rope.wrong(field, "be default, linear, dynamic or llama3");
    };
  }

  static void write(RotaryAngles angles, ObjectNode json) {
    json.put("rope_theta", angles.theta());
    if (angles.scaling().equals(RotaryScaling.NONE)) {
      return;
    }
    ObjectNode rope = json.putObject("rope_scaling");
    if (angles.scaling() instanceof Linear linear) {
      rope.put("rope_type", "linear").put("factor", linear.factor());
    } else if (angles.scaling() instanceof DynamicNtk dynamic) {
      rope.put("rope_type", "dynamic").put("factor", dynamic.factor());
      json.put(POSITIONS, dynamic.pretrainedPositions());
    } else if (angles.scaling() instanceof Llama3 llama3) {
      rope.put("rope_type", "llama3").put("factor", llama3.factor());
      rope.put("low_freq_factor", llama3.lowFrequencyFactor());
      rope.put("high_freq_factor", llama3.highFrequencyFactor());
      rope.put(PRETRAINED, llama3.pretrainedPositions());
    }
  }
}

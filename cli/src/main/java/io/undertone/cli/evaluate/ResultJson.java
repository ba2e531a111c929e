package io.undertone.cli.evaluate;

import io.undertone.model.Emotion;
import io.undertone.model.torch.evaluation.Interval;
import io.undertone.model.torch.evaluation.Measures;
import io.undertone.model.torch.evaluation.dialogue.AblationRow;
import io.undertone.model.torch.evaluation.dialogue.Gain;
import io.undertone.model.torch.evaluation.dialogue.HalfGains;
import io.undertone.model.torch.evaluation.dialogue.PositionAccuracy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results under the names that they have in JSON. */
final class ResultJson {

  private ResultJson() {}

  /** Rows of the confusion are what was meant, columns what was said. */
  static Map<String, Object> of(Measures measures) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("WA", measures.scores().weightedAccuracy());
    json.put("UA", measures.scores().unweightedAccuracy());
    json.put("WF1", measures.scores().weightedF1());
    json.put("NLL", measures.negativeLogLikelihood());
    json.put("ECE", measures.calibration().expectedError());
    json.put("utterances", measures.scores().utterances());
    json.put("emotions", Arrays.stream(Emotion.values()).map(Emotion::shortName).toList());
    json.put(
        "confusion",
        Arrays.stream(measures.scores().confusion())
            .map(row -> Arrays.stream(row).boxed().toList())
            .toList());
    return json;
  }

  static Map<String, Object> of(Gain gain) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("condition", gain.condition());
    json.put("base", gain.base());
    json.put("gain", gain.value());
    json.put("gainInterval", of(gain.interval()));
    return json;
  }

  static List<Double> of(Interval interval) {
    return List.of(interval.low(), interval.high());
  }

  static Map<String, Object> of(HalfGains halves) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("longerThanTurns", HalfGains.LONGER_THAN_TURNS);
    json.put("dialogues", halves.dialogues());
    json.put("firstHalf", of(halves.first()));
    json.put("secondHalf", of(halves.second()));
    json.put("growth", halves.growth());
    json.put("growthInterval", of(halves.growthInterval()));
    return json;
  }

  static Map<String, Object> of(PositionAccuracy group) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", group.from());
    json.put("to", group.to());
    json.put("utterances", group.utterances());
    json.put("UA", group.unweightedAccuracy());
    return json;
  }

  static Map<String, Object> of(AblationRow row) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("setting", row.setting());
    json.put("window", of(row.window()));
    json.put("memory", of(row.memory()));
    json.put("gain", row.gain().value());
    json.put("gainInterval", of(row.gain().interval()));
    return json;
  }
}

package io.undertone.cli.evaluate;

import io.undertone.model.Emotion;
import io.undertone.training.evaluation.ClipMeasures;
import io.undertone.training.evaluation.Interval;
import io.undertone.training.evaluation.Measures;
import io.undertone.training.evaluation.PerceivedMeasures;
import io.undertone.training.evaluation.Scores;
import io.undertone.training.evaluation.dialogue.AblationRow;
import io.undertone.training.evaluation.dialogue.Drift;
import io.undertone.training.evaluation.dialogue.Gain;
import io.undertone.training.evaluation.dialogue.HalfGains;
import io.undertone.training.evaluation.dialogue.PositionAccuracy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results under the names that they have in JSON. */
final class ResultJson {

  private ResultJson() {}

  /** The model's measures, and beside them those of the classifier and against the listeners. */
  static Map<String, Object> of(ClipMeasures measures) {
    Map<String, Object> json = of(measures.model());
    measures.classifier().ifPresent(classifier -> json.put("classifier", of(classifier)));
    measures.perceived().ifPresent(perceived -> json.put("perceived", of(perceived)));
    return json;
  }

  private static Map<String, Object> of(PerceivedMeasures perceived) {
    Map<String, Object> json = of(perceived.model());
    json.put("meant", of(perceived.modelOfMeant()));
    json.put("listeners", of(perceived.listeners()));
    return json;
  }

  static Map<String, Object> of(Measures measures) {
    Map<String, Object> json = new LinkedHashMap<>();
    addAccuracies(json, measures.scores());
    json.put("NLL", measures.negativeLogLikelihood());
    json.put("ECE", measures.calibration().expectedError());
    addCounts(json, measures.scores());
    return json;
  }

  private static Map<String, Object> of(Scores scores) {
    Map<String, Object> json = new LinkedHashMap<>();
    addAccuracies(json, scores);
    addCounts(json, scores);
    return json;
  }

  private static void addAccuracies(Map<String, Object> json, Scores scores) {
    json.put("WA", scores.weightedAccuracy());
    json.put("UA", scores.unweightedAccuracy());
    json.put("WF1", scores.weightedF1());
  }

  /** Rows of the confusion are what was meant, columns what was said. */
  private static void addCounts(Map<String, Object> json, Scores scores) {
    json.put("utterances", scores.utterances());
    json.put("emotions", Arrays.stream(Emotion.values()).map(Emotion::shortName).toList());
    json.put(
        "confusion",
        Arrays.stream(scores.confusion()).map(row -> Arrays.stream(row).boxed().toList()).toList());
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
    row.drift().ifPresent(drift -> json.put("drift", of(drift)));
    return json;
  }

  private static Map<String, Object> of(Drift drift) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("coreMs", drift.coreMs());
    json.put("after", drift.after().stream().map(ResultJson::of).toList());
    return json;
  }

  private static Map<String, Object> of(Drift.After after) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("utterances", after.utterances());
    json.put("memories", after.memories());
    json.put("meanWeights", after.meanWeights());
    json.put("mostWeights", after.mostWeights());
    json.put("meanEstimate", after.meanEstimate());
    json.put("mostEstimate", after.mostEstimate());
    return json;
  }
}

package io.undertone.evaluation.report;

import io.undertone.evaluation.ablation.AblationRow;
import io.undertone.evaluation.ablation.Drift;
import io.undertone.evaluation.comparison.Gain;
import io.undertone.evaluation.comparison.HalfGains;
import io.undertone.evaluation.comparison.PositionAccuracy;
import io.undertone.model.Emotion;
import io.undertone.training.evaluation.ClipMetrics;
import io.undertone.training.evaluation.ConfusionMatrix;
import io.undertone.training.evaluation.Interval;
import io.undertone.training.evaluation.Metrics;
import io.undertone.training.evaluation.PerceivedMetrics;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON of results. */
public final class ResultJson {

  private ResultJson() {}

  /** Metrics of the model, of the classifier, and against the listeners. */
  public static Map<String, Object> of(ClipMetrics metrics) {
    Map<String, Object> json = of(metrics.model());
    metrics.classifier().ifPresent(classifier -> json.put("classifier", of(classifier)));
    metrics.perceived().ifPresent(perceived -> json.put("perceived", of(perceived)));
    return json;
  }

  private static Map<String, Object> of(PerceivedMetrics perceived) {
    Map<String, Object> json = of(perceived.model());
    json.put("meant", of(perceived.modelOfLabels()));
    json.put("listeners", of(perceived.listeners()));
    return json;
  }

  static Map<String, Object> of(Metrics metrics) {
    Map<String, Object> json = new LinkedHashMap<>();
    addAccuracies(json, metrics.confusion());
    json.put("NLL", metrics.negativeLogLikelihood());
    json.put("ECE", metrics.calibration().expectedError());
    addCounts(json, metrics.confusion());
    return json;
  }

  private static Map<String, Object> of(ConfusionMatrix confusion) {
    Map<String, Object> json = new LinkedHashMap<>();
    addAccuracies(json, confusion);
    addCounts(json, confusion);
    return json;
  }

  private static void addAccuracies(Map<String, Object> json, ConfusionMatrix confusion) {
    json.put("WA", confusion.weightedAccuracy());
    json.put("UA", confusion.unweightedAccuracy());
    json.put("WF1", confusion.weightedF1());
  }

  /** Rows of the confusion matrix are labels, columns are estimates. */
  private static void addCounts(Map<String, Object> json, ConfusionMatrix confusion) {
    json.put("utterances", confusion.utterances());
    json.put("emotions", Arrays.stream(Emotion.values()).map(Emotion::shortName).toList());
    json.put(
        "confusion",
        Arrays.stream(confusion.counts()).map(row -> Arrays.stream(row).boxed().toList()).toList());
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

  public static Map<String, Object> of(AblationRow row) {
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

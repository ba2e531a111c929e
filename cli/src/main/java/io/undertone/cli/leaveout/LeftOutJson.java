package io.undertone.cli.leaveout;

import io.undertone.training.evaluation.Interval;
import io.undertone.training.evaluation.Metrics;
import io.undertone.training.leaveout.Confident;
import io.undertone.training.leaveout.EverydayShares;
import io.undertone.training.leaveout.LeftOutReport;
import io.undertone.training.leaveout.LeftOutResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON of a report. */
final class LeftOutJson {

  private LeftOutJson() {}

  static Map<String, Object> of(LeftOutReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    Map<String, Object> corpora = new LinkedHashMap<>();
    report.corpora().forEach(result -> corpora.put(result.corpus(), of(result)));
    json.put("corpora", corpora);
    json.put("confident", of(report.confident()));
    json.put("temperature", report.temperature().value());
    return json;
  }

  private static Map<String, Object> of(LeftOutResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("clips", result.recorded().confusion().utterances());
    json.put("recorded", of(result.recorded(), result.recordedInterval()));
    json.put("telephone", of(result.telephone(), result.telephoneInterval()));
    json.put("gender", result.genders());
    json.put("temperature", result.temperature().value());
    json.put("calibrated", of(result.calibrated()));
    json.put("confident", of(result.confident()));
    json.put("everyday", of(result.everyday()));
    return json;
  }

  private static Map<String, Object> of(Metrics metrics, Interval interval) {
    Map<String, Object> json = of(metrics);
    json.put("UAInterval", List.of(interval.low(), interval.high()));
    return json;
  }

  private static Map<String, Object> of(Metrics metrics) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("UA", metrics.confusion().unweightedAccuracy());
    json.put("NLL", metrics.negativeLogLikelihood());
    json.put("ECE", metrics.calibration().expectedError());
    return json;
  }

  private static Map<String, Object> of(Confident confident) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("atLeast", Confident.LEAST_PROBABILITY);
    json.put("covered", confident.covered());
    json.put("right", confident.right());
    return json;
  }

  private static Map<String, Object> of(EverydayShares everyday) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("utterances", everyday.utterances());
    json.put("neutral", everyday.neutral());
    json.put("angryAtLeast", EverydayShares.LEAST_ANGRY);
    json.put("angry", everyday.angry());
    return json;
  }
}

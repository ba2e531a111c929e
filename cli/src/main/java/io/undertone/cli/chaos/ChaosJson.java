package io.undertone.cli.chaos;

import io.undertone.local.chaos.ChaosReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** A report as names and values. */
final class ChaosJson {

  private ChaosJson() {}

  static Map<String, Object> of(ChaosReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("faults", report.faults());
    json.put("calls", report.calls());
    json.put("events", report.check().events());
    json.put("lost", report.check().lost());
    json.put("conflicting", report.check().conflicting());
    json.put("unusable", report.unusable());
    json.put("recovered", report.recovered());
    json.put("recoveryMsMax", report.recoveryMsMax());
    json.put("recoveryMsMedian", report.recoveryMsMedian());
    return json;
  }
}

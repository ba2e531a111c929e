package io.undertone.evaluation.report;

import io.undertone.evaluation.alarm.AlarmCurve;
import io.undertone.evaluation.alarm.AlarmResult;
import io.undertone.evaluation.alarm.CallResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** JSON of the results of calls. */
public final class CallJson {

  private CallJson() {}

  public static Map<String, Object> of(CallResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("calls", result.calls());
    json.put("hours", result.hours());
    Map<String, Object> alarms = new LinkedHashMap<>();
    result
        .alarms()
        .forEach(
            (alarm, ofAlarm) -> alarms.put(alarm.name().toLowerCase(Locale.ROOT), of(ofAlarm)));
    json.put("alarms", alarms);
    Map<String, Object> anger = new LinkedHashMap<>();
    result.anger().forEach((condition, area) -> anger.put(condition, of(area)));
    json.put("angerAUC", anger);
    return json;
  }

  private static Map<String, Object> of(AlarmResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    result.curves().forEach((condition, curve) -> json.put(condition, of(curve)));
    json.put("memoryMinusWindow", result.difference());
    json.put("memoryMinusWindowInterval", ResultJson.of(result.interval()));
    return json;
  }

  private static Map<String, Object> of(AlarmCurve curve) {
    Map<String, Object> json = new LinkedHashMap<>();
    AlarmCurve.Point compared = curve.compared();
    json.put("falseAlarmsAnHour", compared.falseAlarmsAnHour());
    json.put("threshold", compared.threshold());
    json.put("found", compared.found());
    json.put("curve", curve.points().stream().map(CallJson::of).toList());
    return json;
  }

  /** Threshold, found, false alarms an hour. */
  private static List<Double> of(AlarmCurve.Point point) {
    return List.of(point.threshold(), point.found(), point.falseAlarmsAnHour());
  }

  private static Map<String, Object> of(CallResult.Area area) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("value", area.value());
    json.put("interval", ResultJson.of(area.interval()));
    return json;
  }
}

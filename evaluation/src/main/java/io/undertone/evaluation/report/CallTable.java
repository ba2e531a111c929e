package io.undertone.evaluation.report;

import io.undertone.evaluation.alarm.Alarm;
import io.undertone.evaluation.alarm.AlarmCurve;
import io.undertone.evaluation.alarm.AlarmResult;
import io.undertone.evaluation.alarm.CallResult;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** Prints the results of calls as tables. */
public final class CallTable {

  private CallTable() {}

  public static void print(CallResult result, PrintWriter out) {
    out.printf(Locale.ROOT, "%d calls, %.2f hours of speech%n", result.calls(), result.hours());
    for (Map.Entry<Alarm, AlarmResult> alarm : result.alarms().entrySet()) {
      print(alarm.getKey(), alarm.getValue(), out);
    }
    if (!result.anger().isEmpty()) {
      out.println("AUC of anger with 95 % intervals");
      result
          .anger()
          .forEach(
              (condition, area) ->
                  out.printf(
                      Locale.ROOT,
                      "  %-16s %.3f %s%n",
                      condition,
                      area.value(),
                      area.interval().text("%.3f")));
    }
    out.flush();
  }

  private static void print(Alarm alarm, AlarmResult result, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "alarms of %s: false alarms an hour where %.0f %% of the episodes are found%n",
        alarm.name().toLowerCase(Locale.ROOT),
        100 * AlarmCurve.COMPARED_AT);
    for (Map.Entry<String, AlarmCurve> curve : result.curves().entrySet()) {
      AlarmCurve.Point point = curve.getValue().compared();
      out.printf(
          Locale.ROOT,
          "  %-16s %7.1f   threshold %.3f, found %.3f%n",
          curve.getKey(),
          point.falseAlarmsAnHour(),
          point.threshold(),
          point.found());
    }
    out.printf(
        Locale.ROOT,
        "  memory - window  %+7.1f %s%n",
        result.difference(),
        result.interval().text("%+.1f"));
  }
}

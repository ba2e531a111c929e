package io.undertone.cli.evaluate.plot;

import io.undertone.bench.plot.Svg;
import io.undertone.evaluation.alarm.Alarm;
import io.undertone.evaluation.alarm.AlarmCurve;
import io.undertone.evaluation.alarm.AlarmResult;
import io.undertone.evaluation.dialogue.Conditions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Episodes found against false alarms an hour, a line per condition. */
final class AlarmPlot {

  /** The x axis ends at this many times what the worst condition needs to be compared. */
  private static final double RANGE = 1.5;

  /** The end of the x axis is a multiple of it, so that its labels are whole numbers. */
  private static final int ROUNDED_TO = 5;

  private AlarmPlot() {}

  static Svg of(Alarm alarm, AlarmResult result) {
    Svg svg = new Svg(Axes.WIDTH, Axes.HEIGHT);
    double largest = largest(result.curves());
    String title = "alarms of " + alarm.name().toLowerCase(Locale.ROOT);
    Axes axes = new Axes(svg, title, "false alarms an hour", "found", largest);
    for (int i = 0; i < Conditions.ALL.size(); i++) {
      String condition = Conditions.ALL.get(i);
      String color = ConditionColors.of(condition);
      axes.legend(i, condition, color);
      AlarmCurve curve = result.curves().get(condition);
      if (curve != null) {
        draw(curve, axes, svg, color, largest);
      }
    }
    return svg;
  }

  private static double largest(Map<String, AlarmCurve> curves) {
    double compared =
        curves.values().stream()
            .mapToDouble(curve -> curve.compared().falseAlarmsAnHour())
            .max()
            .orElse(0);
    return ROUNDED_TO * Math.max(1, Math.ceil(RANGE * compared / ROUNDED_TO));
  }

  private static void draw(AlarmCurve curve, Axes axes, Svg svg, String color, double largest) {
    AlarmCurve.Point none = new AlarmCurve.Point(1, 0, 0);
    List<AlarmCurve.Point> points =
        Stream.concat(Stream.of(none), curve.points().stream())
            .filter(point -> point.falseAlarmsAnHour() <= largest)
            .toList();
    for (int i = 1; i < points.size(); i++) {
      AlarmCurve.Point from = points.get(i - 1);
      AlarmCurve.Point to = points.get(i);
      svg.thickLine(
          axes.x(from.falseAlarmsAnHour()),
          axes.y(from.found()),
          axes.x(to.falseAlarmsAnHour()),
          axes.y(to.found()),
          color);
    }
  }
}

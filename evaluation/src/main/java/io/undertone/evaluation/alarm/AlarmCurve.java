package io.undertone.evaluation.alarm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Episodes found against false alarms, from the highest threshold to the lowest. An episode is
 * found if one of its utterances reaches the threshold. Each other utterance that does is a false
 * alarm.
 *
 * @param points one for each threshold at which another episode is found
 */
public record AlarmCurve(List<Point> points) {

  /** The share of episodes at which curves are compared. */
  public static final double COMPARED_AT = 0.8;

  private static final double HOUR_MS = 3_600_000;
  private static final double ROUNDING = 1e-9;

  /**
   * The alarms at one threshold.
   *
   * @param found share of the episodes
   * @param falseAlarmsAnHour of speech
   */
  public record Point(double threshold, double found, double falseAlarmsAnHour) {}

  /** The curve of calls of which at least one has an episode. */
  static AlarmCurve of(List<CallScores> calls) {
    List<Point> points = new ArrayList<>();
    for (double threshold : thresholds(calls).stream().distinct().toList()) {
      points.add(at(threshold, calls));
    }
    return new AlarmCurve(points);
  }

  /** The first point at which the compared share of the episodes is found. */
  public Point compared() {
    return points.stream().filter(point -> point.found() >= COMPARED_AT).findFirst().orElseThrow();
  }

  /** False alarms an hour of {@link #compared}; NaN without an episode. */
  static double comparedFalseAlarms(List<CallScores> calls) {
    List<Double> thresholds = thresholds(calls);
    if (thresholds.isEmpty()) {
      return Double.NaN;
    }
    int needed = (int) Math.ceil(COMPARED_AT * thresholds.size() - ROUNDING);
    return at(thresholds.get(needed - 1), calls).falseAlarmsAnHour();
  }

  /** For each episode the highest threshold at which it is found, the highest first. */
  private static List<Double> thresholds(List<CallScores> calls) {
    return calls.stream()
        .filter(CallScores::hasEpisode)
        .map(CallScores::highestInside)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private static Point at(double threshold, List<CallScores> calls) {
    long durationMs = 0;
    int episodes = 0;
    int found = 0;
    int falseAlarms = 0;
    for (CallScores call : calls) {
      durationMs += call.durationMs();
      if (call.hasEpisode()) {
        episodes++;
        found += call.highestInside() >= threshold ? 1 : 0;
      }
      for (double score : call.outside()) {
        falseAlarms += score >= threshold ? 1 : 0;
      }
    }
    return new Point(threshold, (double) found / episodes, falseAlarms / (durationMs / HOUR_MS));
  }
}

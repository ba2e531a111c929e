package io.undertone.evaluation.alarm;

import io.undertone.evaluation.dialogue.Conditions;
import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.training.corpus.Dialogue;
import io.undertone.training.corpus.Turn;
import io.undertone.training.evaluation.Bootstrap;
import io.undertone.training.evaluation.Interval;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The results of calls: mostly neutral, with one episode of another emotion.
 *
 * @param hours duration of all utterances
 * @param alarms by kind, if there are episodes of this kind
 * @param anger area under the ROC curve of anger by condition, angry utterances against all others;
 *     empty if all utterances are angry or none is
 */
public record CallResult(
    int calls, double hours, Map<Alarm, AlarmResult> alarms, Map<String, Area> anger) {

  private static final double HOUR_MS = 3_600_000;

  /**
   * An area under the ROC curve.
   *
   * @param interval by a bootstrap over calls
   */
  public record Area(double value, Interval interval) {}

  /**
   * Measures the calls among dialogues.
   *
   * @param dialogues estimated under all {@link Conditions}
   * @param durationMs of a turn's recording
   * @return empty if there are no calls
   */
  public static Optional<CallResult> of(
      List<EvaluatedDialogue> dialogues, ToLongFunction<Turn> durationMs, Bootstrap bootstrap) {
    List<EvaluatedDialogue> calls =
        dialogues.stream()
            .filter(evaluated -> evaluated.dialogue().kind() == Dialogue.Kind.CALL)
            .toList();
    if (calls.isEmpty()) {
      return Optional.empty();
    }
    Map<Alarm, AlarmResult> alarms = new EnumMap<>(Alarm.class);
    for (Alarm alarm : Alarm.values()) {
      if (turns(calls).stream().anyMatch(turn -> alarm.isMeant(turn.emotion()))) {
        alarms.put(alarm, AlarmResult.of(calls, alarm, durationMs, bootstrap));
      }
    }
    double hours = turns(calls).stream().mapToLong(durationMs).sum() / HOUR_MS;
    return Optional.of(
        new CallResult(calls.size(), hours, alarms, anger(calls, durationMs, bootstrap)));
  }

  private static Map<String, Area> anger(
      List<EvaluatedDialogue> calls, ToLongFunction<Turn> durationMs, Bootstrap bootstrap) {
    Map<String, Area> areas = new LinkedHashMap<>();
    for (String condition : Conditions.of(calls)) {
      List<CallScores> scores =
          calls.stream()
              .map(call -> CallScores.of(call, condition, Alarm.ANGER, durationMs))
              .toList();
      double value = RankedScores.areaUnderCurve(scores);
      if (Double.isFinite(value)) {
        Interval interval = bootstrap.interval(scores, RankedScores::areaUnderCurve);
        areas.put(condition, new Area(value, interval));
      }
    }
    return areas;
  }

  private static List<Turn> turns(List<EvaluatedDialogue> calls) {
    return calls.stream().flatMap(call -> call.turns().stream()).toList();
  }
}

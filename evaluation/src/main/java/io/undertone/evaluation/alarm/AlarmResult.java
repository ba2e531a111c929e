package io.undertone.evaluation.alarm;

import io.undertone.evaluation.dialogue.Conditions;
import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.training.corpus.Turn;
import io.undertone.training.evaluation.Bootstrap;
import io.undertone.training.evaluation.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Alarms of one kind in calls.
 *
 * @param curves by condition
 * @param difference false alarms an hour with memory minus those without, each at the threshold at
 *     which {@link AlarmCurve#COMPARED_AT} of the episodes are found
 * @param interval of the difference, by a bootstrap over calls
 */
public record AlarmResult(Map<String, AlarmCurve> curves, double difference, Interval interval) {

  /** The same call under both conditions. */
  private record Pair(CallScores memory, CallScores window) {}

  /** Measures calls of which at least one has an episode of this kind. */
  static AlarmResult of(
      List<EvaluatedDialogue> calls,
      Alarm alarm,
      ToLongFunction<Turn> durationMs,
      Bootstrap bootstrap) {
    Map<String, List<CallScores>> scores = new LinkedHashMap<>();
    for (String condition : Conditions.of(calls)) {
      scores.put(
          condition,
          calls.stream().map(call -> CallScores.of(call, condition, alarm, durationMs)).toList());
    }
    Map<String, AlarmCurve> curves = new LinkedHashMap<>();
    scores.forEach((condition, ofCalls) -> curves.put(condition, AlarmCurve.of(ofCalls)));
    List<CallScores> memory = scores.getOrDefault(Conditions.MEMORY, List.of());
    List<CallScores> window = scores.getOrDefault(Conditions.WINDOW, List.of());
    List<Pair> pairs =
        IntStream.range(0, calls.size())
            .mapToObj(call -> new Pair(memory.get(call), window.get(call)))
            .toList();
    return new AlarmResult(
        curves, difference(pairs), bootstrap.interval(pairs, AlarmResult::difference));
  }

  private static double difference(List<Pair> calls) {
    return AlarmCurve.comparedFalseAlarms(calls.stream().map(Pair::memory).toList())
        - AlarmCurve.comparedFalseAlarms(calls.stream().map(Pair::window).toList());
  }
}

package io.undertone.evaluation.alarm;

import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.model.EmotionEstimate;
import io.undertone.training.corpus.Turn;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * The scores of one call's utterances.
 *
 * @param inside of the episode's utterances; empty for a call without an episode of this kind
 * @param outside of all others
 * @param durationMs of all utterances
 */
record CallScores(List<Double> inside, List<Double> outside, long durationMs) {

  static CallScores of(
      EvaluatedDialogue call, String condition, Alarm alarm, ToLongFunction<Turn> durationMs) {
    return new CallScores(
        scores(call, condition, alarm, turn -> alarm.isMeant(turn.emotion())),
        scores(call, condition, alarm, turn -> !alarm.isMeant(turn.emotion())),
        call.turns().stream().mapToLong(durationMs).sum());
  }

  private static List<Double> scores(
      EvaluatedDialogue call, String condition, Alarm alarm, Predicate<Turn> chosen) {
    List<EmotionEstimate> estimates = call.under(condition);
    return IntStream.range(0, estimates.size())
        .filter(turn -> chosen.test(call.turns().get(turn)))
        .mapToObj(turn -> alarm.score(estimates.get(turn)))
        .toList();
  }

  boolean hasEpisode() {
    return !inside.isEmpty();
  }

  /** The highest threshold at which the episode is found. */
  double highestInside() {
    return inside.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}

package io.undertone.evaluation.unlabelled;

import io.undertone.audio.Utterance;
import io.undertone.evaluation.dialogue.Conditions;
import io.undertone.model.EmotionEstimate;
import io.undertone.training.evaluation.Bootstrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The result of one recording or of several together.
 *
 * @param durationMs of the recordings, with their pauses
 * @param utterances that voice activity detection lets through
 * @param speechMs of these utterances
 * @param conditions by name: with and without memory
 */
public record RecordingResult(
    long durationMs, int utterances, long speechMs, Map<String, ConditionResult> conditions) {

  private static final List<String> CONDITIONS = List.of(Conditions.WINDOW, Conditions.MEMORY);

  /** Measures some utterances of recordings. */
  static RecordingResult of(
      List<EvaluatedRecording> recordings,
      Predicate<Utterance> chosen,
      AlarmThreshold threshold,
      Bootstrap bootstrap) {
    long durationMs = recordings.stream().mapToLong(one -> one.recording().durationMs()).sum();
    List<Utterance> utterances =
        recordings.stream()
            .flatMap(one -> one.recording().utterances().stream())
            .filter(chosen)
            .toList();
    Map<String, ConditionResult> conditions = new LinkedHashMap<>();
    for (String condition : CONDITIONS) {
      List<EmotionEstimate> estimates = estimates(recordings, condition, chosen);
      conditions.put(condition, ConditionResult.of(estimates, durationMs, threshold, bootstrap));
    }
    return new RecordingResult(
        durationMs,
        utterances.size(),
        utterances.stream().mapToLong(RecordingResult::durationMs).sum(),
        conditions);
  }

  static long durationMs(Utterance utterance) {
    return utterance.endOffsetMs() - utterance.beginOffsetMs();
  }

  private static List<EmotionEstimate> estimates(
      List<EvaluatedRecording> recordings, String condition, Predicate<Utterance> chosen) {
    List<EmotionEstimate> estimates = new ArrayList<>();
    for (EvaluatedRecording evaluated : recordings) {
      List<EmotionEstimate> all = evaluated.estimates().getOrDefault(condition, List.of());
      List<Utterance> utterances = evaluated.recording().utterances();
      for (int i = 0; i < utterances.size(); i++) {
        if (chosen.test(utterances.get(i))) {
          estimates.add(all.get(i));
        }
      }
    }
    return estimates;
  }
}

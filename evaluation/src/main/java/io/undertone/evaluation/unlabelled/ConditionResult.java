package io.undertone.evaluation.unlabelled;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.training.evaluation.Bootstrap;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is estimated under one condition.
 *
 * @param emotions share of the utterances whose most probable emotion it is; empty if there are no
 *     utterances
 * @param alarming share of the utterances that raise an alarm; empty if there are no utterances
 * @param alarms their number: utterances in a row that raise one count one by one
 * @param alarmsAnHour of the recordings, with their pauses
 */
public record ConditionResult(
    Map<Emotion, Share> emotions, Optional<Share> alarming, int alarms, double alarmsAnHour) {

  private static final double HOUR_MS = 3_600_000;

  static ConditionResult of(
      List<EmotionEstimate> estimates,
      long durationMs,
      AlarmThreshold threshold,
      Bootstrap bootstrap) {
    int alarms = (int) estimates.stream().filter(threshold::isReachedBy).count();
    double alarmsAnHour = alarms / (durationMs / HOUR_MS);
    Map<Emotion, Share> emotions = new EnumMap<>(Emotion.class);
    if (estimates.isEmpty()) {
      return new ConditionResult(emotions, Optional.empty(), alarms, alarmsAnHour);
    }
    for (Emotion emotion : Emotion.values()) {
      emotions.put(
          emotion, Share.of(estimates, estimate -> estimate.emotion() == emotion, bootstrap));
    }
    Share alarming = Share.of(estimates, threshold::isReachedBy, bootstrap);
    return new ConditionResult(emotions, Optional.of(alarming), alarms, alarmsAnHour);
  }
}

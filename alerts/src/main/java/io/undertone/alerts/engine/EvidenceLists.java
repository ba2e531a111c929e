package io.undertone.alerts.engine;

import io.undertone.alerts.rules.Feeling;
import io.undertone.alerts.state.Evidence;
import io.undertone.schemas.AlertEvidence;
import io.undertone.schemas.EmotionEvent;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The events that an alert is made from. */
final class EvidenceLists {
  /** An alert has no more. */
  static final int MOST = 20;

  private EvidenceLists() {}

  /**
   * @param feeling that the rule looks for; null if it looks for none
   */
  static Evidence of(EmotionEvent event, @Nullable Feeling feeling) {
    return Evidence.newBuilder()
        .setEventId(event.getEventId())
        .setChannel(event.getChannel())
        .setUtteranceIndex(event.getUtteranceIndex())
        .setBeginOffsetMillis(event.getBeginOffsetMillis())
        .setEndOffsetMillis(event.getEndOffsetMillis())
        .setEmotion(event.getEmotion())
        .setConfidence(event.getConfidence())
        .setProbability(feeling == null ? null : feeling.probability(event))
        .build();
  }

  /** Adds to a run of which the last ones count. */
  static void addToRun(List<Evidence> run, Evidence evidence, int most) {
    run.add(evidence);
    while (run.size() > Math.max(1, most)) {
      run.remove(0);
    }
  }

  /**
   * Adds to the evidence of an alert: those that it began with stay, and the latest further ones.
   */
  static void addToAlert(List<Evidence> all, Evidence evidence, int began) {
    if (all.size() >= MOST) {
      all.remove(Math.min(Math.max(1, began), MOST - 1));
    }
    all.add(evidence);
  }

  static OptionalDouble lowestProbability(List<Evidence> evidence) {
    return evidence.stream()
        .map(Evidence::getProbability)
        .filter(Objects::nonNull)
        .mapToDouble(Float::doubleValue)
        .min();
  }

  static List<AlertEvidence> published(List<Evidence> evidence) {
    Stream<AlertEvidence> all =
        evidence.stream()
            .map(
                one ->
                    AlertEvidence.newBuilder()
                        .setEventId(one.getEventId())
                        .setChannel(one.getChannel())
                        .setUtteranceIndex(one.getUtteranceIndex())
                        .setBeginOffsetMillis(one.getBeginOffsetMillis())
                        .setEndOffsetMillis(one.getEndOffsetMillis())
                        .setEmotion(one.getEmotion())
                        .setConfidence(one.getConfidence())
                        .setProbability(one.getProbability())
                        .build());
    return all.toList();
  }
}

package io.undertone.jobs.options;

import java.util.List;
import java.util.stream.Stream;

/**
 * The job's topics.
 *
 * @param audioChunks input: AudioChunk
 * @param control input: ForgetConversation
 * @param events output: EmotionEvent
 * @param deadLetters output: DeadLetter, records that the job cannot use
 * @param late output: DeadLetter, chunks that arrived after the job stopped waiting for them
 * @param audit output: ErasureRecord
 * @param alertRules input: alert rules as YAML
 * @param alerts output: Alert
 * @param contactLens output: documents of ended calls; empty for none
 */
public record TopicNames(
    String audioChunks,
    String control,
    String events,
    String deadLetters,
    String late,
    String audit,
    String alertRules,
    String alerts,
    String contactLens) {

  public static final TopicNames DEFAULT =
      new TopicNames(
          "undertone.audio-chunks.v1",
          "undertone.control.v1",
          "undertone.emotion-events.v1",
          "undertone.audio-chunks.v1.dlq",
          "undertone.audio-chunks.v1.late",
          "undertone.audit.v1",
          "undertone.alert-rules.v1",
          "undertone.alerts.v1",
          "");

  /** All that the job uses. */
  public List<String> all() {
    return Stream.of(
            audioChunks, control, events, deadLetters, late, audit, alertRules, alerts, contactLens)
        .filter(topic -> !topic.isEmpty())
        .toList();
  }
}

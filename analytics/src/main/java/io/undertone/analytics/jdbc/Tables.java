package io.undertone.analytics.jdbc;

import static io.undertone.analytics.jdbc.Column.json;
import static io.undertone.analytics.jdbc.Column.plain;
import static io.undertone.analytics.jdbc.Column.symbol;
import static io.undertone.analytics.jdbc.Column.text;
import static io.undertone.analytics.jdbc.Column.time;

import io.undertone.schemas.Alert;
import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.EmotionEvent;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tables of {@code tables.sql} that have rows of calls. */
final class Tables {
  private static final String BOOLEAN = "boolean";
  private static final String BIGINT = "bigint";
  private static final String DOUBLE = "double precision";
  private static final String INTEGER = "integer";
  private static final String REAL = "real";

  static final Table<EmotionEvent> UTTERANCES =
      new Table<>(
          "utterances",
          List.of(
              text("event_id", EmotionEvent::getEventId),
              plain("revision", BIGINT, EmotionEvent::getRevision),
              text("tenant", EmotionEvent::getTenant),
              text("conversation_id", EmotionEvent::getConversationId),
              plain("channel", INTEGER, EmotionEvent::getChannel),
              symbol("participant_role", EmotionEvent::getParticipantRole),
              plain("utterance_index", INTEGER, EmotionEvent::getUtteranceIndex),
              plain("begin_offset_millis", BIGINT, EmotionEvent::getBeginOffsetMillis),
              plain("end_offset_millis", BIGINT, EmotionEvent::getEndOffsetMillis),
              time("event_time", EmotionEvent::getEventTimeMs),
              text("emotion", EmotionEvent::getEmotion),
              symbol("sentiment", EmotionEvent::getSentiment),
              plain("confidence", REAL, EmotionEvent::getConfidence),
              json("probabilities", EmotionEvent::getProbabilities),
              json("probabilities_without_memory", EmotionEvent::getProbabilitiesWithoutMemory),
              plain("shift", BOOLEAN, EmotionEvent::getShift),
              text("previous_emotion", EmotionEvent::getPreviousEmotion),
              plain("missing_audio_millis", BIGINT, EmotionEvent::getMissingAudioMillis),
              plain("loudness_dbfs", REAL, EmotionEvent::getLoudnessDbfs),
              plain("syllables_per_second", REAL, EmotionEvent::getSyllablesPerSecond),
              plain("update_step", INTEGER, EmotionEvent::getUpdateStep),
              plain("update_loss", REAL, EmotionEvent::getUpdateLoss),
              symbol("memory_reset", EmotionEvent::getMemoryReset),
              symbol("shed", EmotionEvent::getShed),
              text("model_version", EmotionEvent::getModelVersion),
              json("attributes", EmotionEvent::getAttributes)));

  static final Table<ConversationEnd> CONVERSATION_ENDS =
      new Table<>(
          "conversation_ends",
          List.of(
              text("event_id", end -> end.event().getEventId()),
              plain("revision", BIGINT, end -> end.event().getRevision()),
              text("tenant", end -> end.event().getTenant()),
              text("conversation_id", end -> end.event().getConversationId()),
              time("ended_at", end -> end.event().getEventTimeMs()),
              plain("duration_millis", BIGINT, end -> end.event().getEndOffsetMillis()),
              symbol("end_reason", end -> end.summary().getEndReason()),
              summary("utterances", INTEGER, ConversationCharacteristics::getUtterances),
              summary("shifts", INTEGER, ConversationCharacteristics::getShifts),
              text("overall_emotion", end -> end.summary().getOverallEmotion()),
              symbol("overall_sentiment", end -> end.summary().getOverallSentiment()),
              json("overall_probabilities", end -> end.summary().getOverallProbabilities()),
              json("sentiment_by_quarter", end -> end.summary().getSentimentByQuarter()),
              summary("call_score", REAL, ConversationCharacteristics::getCallScore),
              summary(
                  "recovery_time_millis",
                  BIGINT,
                  ConversationCharacteristics::getRecoveryTimeMillis),
              json("negative_episodes", end -> end.summary().getNegativeEpisodes()),
              json("talk_time", end -> end.summary().getTalkTime()),
              json("non_talk_time", end -> end.summary().getNonTalkTime()),
              json("interruptions", end -> end.summary().getInterruptions()),
              json("loudness", end -> end.summary().getLoudness()),
              json("talk_speed", end -> end.summary().getTalkSpeed()),
              summary("missing_chunks", BIGINT, ConversationCharacteristics::getMissingChunks),
              summary(
                  "missing_audio_millis",
                  BIGINT,
                  ConversationCharacteristics::getMissingAudioMillis),
              summary("duplicate_chunks", BIGINT, ConversationCharacteristics::getDuplicateChunks),
              summary("late_chunks", BIGINT, ConversationCharacteristics::getLateChunks),
              text("model_version", end -> end.event().getModelVersion()),
              json("attributes", end -> end.event().getAttributes()),
              plain("topic_offset", BIGINT, ConversationEnd::offset)));

  static final Table<Alert> ALERTS =
      new Table<>(
          "alerts",
          List.of(
              text("alert_id", Alert::getAlertId),
              symbol("state", Alert::getState),
              text("rule", Alert::getRule),
              plain("rule_version", INTEGER, Alert::getRuleVersion),
              text("tenant", Alert::getTenant),
              text("conversation_id", Alert::getConversationId),
              plain("channel", INTEGER, Alert::getChannel),
              text("participant_role", Alert::getParticipantRole),
              time("event_time", Alert::getEventTimeMs),
              time("starts_at", Alert::getStartsAtMs),
              time("fired_at", Alert::getFiredAtMs),
              time("ends_at", Alert::getEndsAtMs),
              plain("revision", BIGINT, Alert::getRevision),
              text("reason", Alert::getReason),
              plain("value", DOUBLE, Alert::getValue),
              json("evidence", Alert::getEvidence),
              json("attributes", Alert::getAttributes),
              json("labels", Alert::getLabels),
              json("annotations", Alert::getAnnotations),
              text("model_version", Alert::getModelVersion)));

  static final List<Table<?>> ALL = List.of(UTTERANCES, CONVERSATION_ENDS, ALERTS);

  private Tables() {}

  /**
   * An event of kind CONVERSATION.
   *
   * @param offset in its partition: of several ends of a call, the last one is right
   */
  record ConversationEnd(EmotionEvent event, long offset) {

    ConversationCharacteristics summary() {
      return Objects.requireNonNull(event.getConversation());
    }
  }

  private static Column<ConversationEnd> summary(
      String name, String type, Function<ConversationCharacteristics, @Nullable Object> value) {
    return plain(name, type, end -> value.apply(end.summary()));
  }
}

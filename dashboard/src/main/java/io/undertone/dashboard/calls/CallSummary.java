package io.undertone.dashboard.calls;

import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.EmotionEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The summary of a call after its end.
 *
 * @param endMs since the start of the call
 * @param characteristics null if the event tells nothing of the call
 * @param quarters sentiment of each quarter of the call, from -5 to 5; null without speech
 */
public record CallSummary(
    long endMs,
    long eventTimeMs,
    String endReason,
    int shifts,
    @Nullable String overallEmotion,
    @Nullable String overallSentiment,
    @Nullable Probabilities overallProbabilities,
    List<Quarter> quarters,
    @Nullable Characteristics characteristics,
    long missingAudioMs) {

  /** One quarter of the call. */
  public record Quarter(
      long beginMs, long endMs, @Nullable String sentiment, @Nullable Double score) {}

  static CallSummary of(EmotionEvent event) {
    ConversationCharacteristics call = event.getConversation();
    if (call == null) {
      return new CallSummary(
          event.getEndOffsetMillis(),
          event.getEventTimeMs(),
          "OTHER",
          0,
          null,
          null,
          null,
          List.of(),
          null,
          0);
    }
    List<Quarter> quarters = new ArrayList<>();
    call.getSentimentByQuarter()
        .forEach(
            period ->
                quarters.add(
                    new Quarter(
                        period.getBeginOffsetMillis(),
                        period.getEndOffsetMillis(),
                        period.getSentiment() == null ? null : period.getSentiment().name(),
                        period.getScore() == null
                            ? null
                            : Math.round(period.getScore() * 100) / 100.0)));
    return new CallSummary(
        event.getEndOffsetMillis(),
        event.getEventTimeMs(),
        call.getEndReason().name(),
        call.getShifts(),
        call.getOverallEmotion(),
        call.getOverallSentiment() == null ? null : call.getOverallSentiment().name(),
        Probabilities.of(call.getOverallProbabilities()),
        quarters,
        Characteristics.of(call),
        call.getMissingAudioMillis());
  }
}

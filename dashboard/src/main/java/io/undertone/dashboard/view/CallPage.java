package io.undertone.dashboard.view;

import io.undertone.dashboard.calls.AttributeChange;
import io.undertone.dashboard.calls.CallState;
import io.undertone.dashboard.calls.CallSummary;
import io.undertone.dashboard.calls.Characteristics;
import io.undertone.dashboard.calls.Probabilities;
import io.undertone.dashboard.calls.RaisedAlert;
import io.undertone.dashboard.calls.Utterance;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a call.
 *
 * @param row the call as a line of a list
 * @param utterances of all sides, in the order of their begin
 * @param summary null while the call goes on
 */
public record CallPage(
    CallRow row,
    List<UtteranceView> utterances,
    List<AttributeChange> attributeChanges,
    List<RaisedAlert> alerts,
    @Nullable SummaryView summary) {

  /** An utterance; times are in milliseconds since the start of the call. */
  public record UtteranceView(
      String eventId,
      long revision,
      int channel,
      String role,
      int index,
      long beginMs,
      long endMs,
      @Nullable String emotion,
      @Nullable Double confidence,
      @Nullable String sentiment,
      @Nullable Map<String, Double> probabilities,
      @Nullable Map<String, Double> withoutMemory,
      boolean shift,
      @Nullable String previousEmotion,
      long missingAudioMs,
      int updateStep,
      @Nullable Double updateLoss,
      @Nullable String memoryReset,
      @Nullable String shed,
      String modelVersion) {}

  /** What is said of a call after its end. */
  public record SummaryView(
      long endMs,
      String endReason,
      int shifts,
      @Nullable String overallEmotion,
      @Nullable String overallSentiment,
      @Nullable Map<String, Double> overallProbabilities,
      List<CallSummary.Quarter> quarters,
      @Nullable Characteristics characteristics,
      long missingAudioMs) {}

  public static CallPage of(CallState call) {
    CallSummary summary = call.summary();
    return new CallPage(
        CallRow.of(call),
        call.utterances().stream().map(CallPage::view).toList(),
        call.attributeChanges(),
        call.alerts(),
        summary == null ? null : view(summary));
  }

  private static UtteranceView view(Utterance utterance) {
    return new UtteranceView(
        utterance.eventId(),
        utterance.revision(),
        utterance.channel(),
        utterance.role(),
        utterance.index(),
        utterance.beginMs(),
        utterance.endMs(),
        utterance.emotion(),
        Rounded.orNull(utterance.confidence()),
        utterance.sentiment(),
        rounded(utterance.probabilities()),
        rounded(utterance.withoutMemory()),
        utterance.shift(),
        utterance.previousEmotion(),
        utterance.missingAudioMs(),
        utterance.updateStep(),
        Rounded.orNull(utterance.updateLoss()),
        utterance.memoryReset(),
        utterance.shed(),
        utterance.modelVersion());
  }

  private static SummaryView view(CallSummary summary) {
    return new SummaryView(
        summary.endMs(),
        summary.endReason(),
        summary.shifts(),
        summary.overallEmotion(),
        summary.overallSentiment(),
        rounded(summary.overallProbabilities()),
        summary.quarters(),
        summary.characteristics(),
        summary.missingAudioMs());
  }

  private static @Nullable Map<String, Double> rounded(@Nullable Probabilities probabilities) {
    return probabilities == null ? null : probabilities.rounded();
  }
}

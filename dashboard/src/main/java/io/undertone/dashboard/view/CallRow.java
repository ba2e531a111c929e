package io.undertone.dashboard.view;

import io.undertone.dashboard.calls.AlertHandling;
import io.undertone.dashboard.calls.CallState;
import io.undertone.dashboard.calls.CallSummary;
import io.undertone.dashboard.calls.Need;
import io.undertone.dashboard.calls.Probabilities;
import io.undertone.dashboard.calls.RaisedAlert;
import io.undertone.dashboard.calls.Side;
import io.undertone.dashboard.calls.Utterance;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call as a line of a list.
 *
 * @param startMs in milliseconds since 1970-01-01 UTC
 * @param lengthMs what has been heard, in milliseconds since the start
 * @param need from 0 to 100
 * @param lastNewsMs when the broker got the last event, in milliseconds since 1970-01-01 UTC
 * @param endReason null while the call goes on
 */
public record CallRow(
    String tenant,
    String conversation,
    boolean live,
    long startMs,
    long lengthMs,
    int need,
    List<Need.Reason> reasons,
    List<SideRow> sides,
    Map<String, String> attributes,
    List<Firing> alerts,
    long lastNewsMs,
    @Nullable String endReason,
    @Nullable String overallEmotion) {

  /**
   * An alert that fires.
   *
   * @param severity empty if the rule has none
   * @param firedAtMs in milliseconds since 1970-01-01 UTC
   */
  public record Firing(
      String alertId, String rule, String severity, long firedAtMs, AlertHandling handling) {}

  /**
   * One side of the call.
   *
   * @param emotion of the last utterance
   * @param trace valence after each of the last utterances: the utterance's end in seconds, then
   *     the valence from -100 to 100, and so on
   */
  public record SideRow(
      int channel,
      String role,
      int utterances,
      int shifts,
      @Nullable String emotion,
      @Nullable Double confidence,
      @Nullable Map<String, Double> probabilities,
      int[] trace) {}

  private static final int TRACED = 40;

  public static CallRow of(CallState call) {
    CallSummary summary = call.summary();
    return new CallRow(
        call.key().tenant(),
        call.key().conversation(),
        call.live(),
        call.startMs(),
        call.lengthMs(),
        call.need().score(),
        call.need().reasons(),
        call.sides().stream().map(CallRow::row).toList(),
        call.attributes(),
        call.alerts().stream().filter(RaisedAlert::fires).map(CallRow::firing).toList(),
        call.lastRecordMs(),
        summary == null ? null : summary.endReason(),
        summary == null ? null : summary.overallEmotion());
  }

  private static Firing firing(RaisedAlert alert) {
    Long firedAtMs = alert.firedAtMs();
    return new Firing(
        alert.alertId(),
        alert.rule(),
        alert.severity(),
        firedAtMs == null ? alert.startsAtMs() : firedAtMs,
        alert.handling());
  }

  private static SideRow row(Side side) {
    Utterance last = side.last();
    Probabilities probabilities = last.probabilities();
    return new SideRow(
        side.channel(),
        side.role(),
        side.utterances().size(),
        (int) side.utterances().stream().filter(Utterance::shift).count(),
        last.emotion(),
        Rounded.orNull(last.confidence()),
        probabilities == null ? null : probabilities.rounded(),
        trace(side.utterances()));
  }

  private static int[] trace(List<Utterance> utterances) {
    List<Utterance> traced =
        utterances.subList(Math.max(0, utterances.size() - TRACED), utterances.size());
    int[] trace = new int[2 * traced.size()];
    int i = 0;
    for (Utterance utterance : traced) {
      Probabilities probabilities = utterance.probabilities();
      trace[i++] = Math.toIntExact(Math.round(utterance.endMs() / 1000.0));
      trace[i++] = probabilities == null ? 0 : Math.round(100 * probabilities.valence());
    }
    return trace;
  }
}

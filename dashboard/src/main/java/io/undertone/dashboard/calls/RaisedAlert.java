package io.undertone.dashboard.calls;

import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertEvidence;
import io.undertone.schemas.AlertState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert in its latest state. Times are in milliseconds since 1970-01-01 UTC.
 *
 * @param state PENDING, FIRING or RESOLVED
 * @param severity the rule's label of that name; empty without one
 * @param summary the rule's annotation of that name; empty without one
 * @param reason what the rule has found
 * @param evidence event ids of the utterances that it was made from
 * @param handling what people have done about it
 */
public record RaisedAlert(
    String alertId,
    String state,
    String rule,
    int ruleVersion,
    int channel,
    String severity,
    String summary,
    String reason,
    long startsAtMs,
    @Nullable Long firedAtMs,
    @Nullable Long endsAtMs,
    List<String> evidence,
    AlertHandling handling) {

  static RaisedAlert of(Alert alert) {
    return new RaisedAlert(
        alert.getAlertId(),
        alert.getState().name(),
        Shared.text(alert.getRule()),
        alert.getRuleVersion(),
        alert.getChannel(),
        Shared.text(alert.getLabels().getOrDefault("severity", "")),
        Shared.text(alert.getAnnotations().getOrDefault("summary", "")),
        alert.getReason(),
        alert.getStartsAtMs(),
        alert.getFiredAtMs(),
        alert.getEndsAtMs(),
        alert.getEvidence().stream().map(AlertEvidence::getEventId).toList(),
        AlertHandling.NONE);
  }

  RaisedAlert with(AlertHandling handled) {
    return new RaisedAlert(
        alertId,
        state,
        rule,
        ruleVersion,
        channel,
        severity,
        summary,
        reason,
        startsAtMs,
        firedAtMs,
        endsAtMs,
        evidence,
        handled);
  }

  public boolean fires() {
    return state.equals(AlertState.FIRING.name());
  }

  /** Whether somebody still has to look. */
  boolean needsSomebody() {
    return fires() && !handling.wasAcknowledged();
  }
}

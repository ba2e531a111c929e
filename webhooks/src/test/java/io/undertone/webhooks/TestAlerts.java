package io.undertone.webhooks;

import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertState;
import java.util.Map;

/** Alerts as the job writes them. */
final class TestAlerts {
  private static final long BEGIN_MS = 1_700_000_000_000L;

  private TestAlerts() {}

  static Alert of(String conversation, AlertState state) {
    boolean resolved = state == AlertState.RESOLVED;
    boolean erased = state == AlertState.ERASED;
    return Alert.newBuilder()
        .setAlertId(conversation + (erased ? "-erased" : "-alert"))
        .setState(state)
        .setRule(erased ? "" : "SustainedAnger")
        .setRuleVersion(1)
        .setTenant("acme")
        .setConversationId(conversation)
        .setChannel(0)
        .setParticipantRole("CUSTOMER")
        .setEventTimeMs(BEGIN_MS)
        .setStartsAtMs(BEGIN_MS)
        .setFiredAtMs(state == AlertState.FIRING || resolved ? BEGIN_MS : null)
        .setEndsAtMs(resolved ? BEGIN_MS + 10_000 : null)
        .setReason("3 utterances angry")
        .setLabels(erased ? Map.of() : Map.of("severity", "page"))
        .build();
  }
}

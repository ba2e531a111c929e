package io.undertone.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertEvidence;
import io.undertone.schemas.AlertState;
import io.undertone.schemas.EventKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTableTest {

  @Test
  void anErasedCallIsNamed() {
    StringWriter out = new StringWriter();

    new EventTable(new PrintWriter(out)).print(ErasedEvents.event("call-1", EventKind.ERASED));

    assertThat(out.toString().strip()).matches("call-1 +erased on request");
  }

  @Test
  void anAlertHasTheTimesOfItsEvidence() {
    assertThat(printed(alert(AlertState.FIRING)))
        .matches("call-1 +customer +0:03\\.0 +0:09\\.5  ALERT Anger: 2 utterances angry");
    assertThat(printed(alert(AlertState.RESOLVED))).endsWith("resolved Anger");
    assertThat(printed(alert(AlertState.PENDING))).isEmpty();
  }

  private static String printed(Alert alert) {
    StringWriter out = new StringWriter();
    new EventTable(new PrintWriter(out)).print(alert);
    return out.toString().strip();
  }

  private static Alert alert(AlertState state) {
    return Alert.newBuilder()
        .setAlertId("a")
        .setState(state)
        .setRule("Anger")
        .setRuleVersion(1)
        .setTenant("acme")
        .setConversationId("call-1")
        .setChannel(0)
        .setParticipantRole("CUSTOMER")
        .setEventTimeMs(0)
        .setStartsAtMs(0)
        .setReason("2 utterances angry")
        .setEvidence(List.of(evidence(3_000, 4_000), evidence(8_000, 9_500)))
        .build();
  }

  private static AlertEvidence evidence(long beginMs, long endMs) {
    return AlertEvidence.newBuilder()
        .setEventId("e" + beginMs)
        .setChannel(0)
        .setUtteranceIndex(0)
        .setBeginOffsetMillis(beginMs)
        .setEndOffsetMillis(endMs)
        .build();
  }
}

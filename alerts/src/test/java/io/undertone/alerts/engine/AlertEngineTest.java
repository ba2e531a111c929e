package io.undertone.alerts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.alerts.TestEvents;
import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertEvidence;
import io.undertone.schemas.AlertState;
import io.undertone.schemas.EndReason;
import io.undertone.schemas.ParticipantRole;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertEngineTest {
  private static final String ANGER =
      """
      alert: Anger
      when: {emotion: angry, probability: ">= 0.6", utterances: 3}
      """;
  private static final String SILENCE =
      """
      alert: Silence
      when: {silence: 30s, after: negative}
      """;

  private final TestEvents call = new TestEvents();

  @Test
  void firesAtTheThirdUtteranceAndResolvesAtTheFirstOther() {
    TestEngine engine =
        new TestEngine(ANGER)
            .apply(
                call.says("angry", 0, 2),
                call.says("angry", 3, 5),
                call.says("angry", 6, 8),
                call.says("angry", 9, 11),
                call.says("neutral", 12, 14),
                call.ends(20));

    assertThat(engine.told()).containsExactly("Anger FIRING 8.0", "Anger RESOLVED 14.0");
    Alert fired = engine.alerts.get(0);
    assertThat(fired.getEvidence())
        .extracting(AlertEvidence::getEventId)
        .containsExactly("0-0.0", "0-3.0", "0-6.0");
    assertThat(fired.getValue()).isEqualTo(0.7f);
    assertThat(fired.getReason()).isEqualTo("3 utterances angry in a row, probability >= 0.6");
    assertThat(fired.getParticipantRole()).isEqualTo("CUSTOMER");
    assertThat(engine.alerts.get(1).getAlertId()).isEqualTo(fired.getAlertId());
    assertThat(engine.alerts.get(1).getEvidence()).hasSize(4);
    assertThat(engine.alerts.get(1).getStartsAtMs()).isEqualTo(fired.getStartsAtMs());
    assertThat(engine.state).isNull();
  }

  @Test
  void annotationsSayWhatTheAlertFound() {
    String yaml =
        ANGER
            + """
            labels: {severity: page}
            annotations:
              summary: "{{ $labels.severity }}: {{ $call }} in {{ $attributes.queue }}, {{ $emotion }} ({{ $value }})"
            """;
    call.with("queue", "billing");
    TestEngine engine =
        new TestEngine(yaml)
            .apply(
                call.says("angry", 0, 2),
                call.says("angry", 3, 5),
                call.says("angry", 6, 8),
                call.ends(9, EndReason.CONSENT_DENIED, "angry"));

    assertThat(engine.alerts)
        .extracting(alert -> alert.getAnnotations().get("summary"))
        .containsExactly("page: call-1 in billing, angry (0.7)", "page: call-1 in ,  ()");
  }

  @Test
  void interruptionsAreCountedWhenTheCallHasEnded() {
    String both = "- {alert: Both, when: {interruptions: '>= 3'}}\n";
    String agents = "- {alert: Agents, when: {interruptions: '>= 2', by: AGENT}}\n";
    String none = "- {alert: None, when: {interruptions: '< 1', by: CUSTOMER}}\n";
    TestEngine engine =
        new TestEngine(both + agents + none)
            .apply(call.says("sad", 0, 2), call.endsInterrupted(9, 2, 1));

    assertThat(engine.told()).containsExactly("Both FIRING 9.0", "Both RESOLVED 9.0");
    assertThat(engine.alerts.get(0).getValue()).isEqualTo(3);
    assertThat(engine.alerts.get(0).getReason()).isEqualTo("interruptions >= 3");
    assertThat(engine.alerts.get(0).getChannel()).isEqualTo(-1);

    TestEngine other = new TestEngine(both + agents + none).apply(call.endsInterrupted(9, 0, 2));
    assertThat(other.told())
        .containsExactly(
            "Agents FIRING 9.0", "None FIRING 9.0", "Agents RESOLVED 9.0", "None RESOLVED 9.0");
    assertThat(other.alerts.get(0).getReason()).isEqualTo("interruptions by the agent >= 2");
  }

  @Test
  void withoutBothSidesNoInterruptionIsKnown() {
    TestEngine engine =
        new TestEngine("{alert: None, when: {interruptions: '< 1'}}")
            .apply(call.says("sad", 0, 2), call.ends(9));

    assertThat(engine.told()).isEmpty();
  }

  @Test
  void uncertainUtterancesNeitherCountNorInterruptAndWeakOnesInterrupt() {
    TestEngine engine =
        new TestEngine(ANGER)
            .apply(
                call.says("angry", 0, 2),
                call.says("uncertain", 3, 5),
                call.says("angry", 6, 8),
                call.says(0, ParticipantRole.CUSTOMER, "angry", 0.55f, 9, 11),
                call.says("angry", 12, 14),
                call.says("angry", 15, 17),
                call.says("uncertain", 18, 19),
                call.says("angry", 20, 21));

    assertThat(engine.told()).containsExactly("Anger FIRING 21.0");
  }

  @Test
  void anAlertIsPendingForAsLongAsTheRuleWants() {
    TestEngine engine =
        new TestEngine(ANGER + "for: 5s\n")
            .apply(call.says("angry", 0, 1), call.says("angry", 1, 2), call.says("angry", 2, 3))
            .apply(call.says("angry", 9, 10), call.ends(11));

    assertThat(engine.told())
        .containsExactly("Anger PENDING 3.0", "Anger FIRING 8.0", "Anger RESOLVED 11.0");
    assertThat(engine.alerts.get(0).getFiredAtMs()).isNull();
    assertThat(engine.alerts.get(2).getFiredAtMs()).isEqualTo(TestEvents.BEGIN_MS + 8_000);
  }

  @Test
  void aPendingAlertWhoseConditionEndsNeverFires() {
    TestEngine engine =
        new TestEngine(ANGER + "for: 5s\n")
            .apply(call.says("angry", 0, 1), call.says("angry", 1, 2), call.says("angry", 2, 3))
            .apply(call.says("happy", 6, 7), call.ends(60));

    assertThat(engine.told()).containsExactly("Anger PENDING 3.0", "Anger RESOLVED 7.0");
    assertThat(engine.alerts.get(1).getFiredAtMs()).isNull();
  }

  @Test
  void anAlertGoesOnForAWhileAndIsNotToldTwice() {
    TestEngine engine =
        new TestEngine("{alert: Sad, when: {emotion: sad}, keepFiringFor: 10s}")
            .apply(
                call.says("sad", 0, 1),
                call.says("neutral", 2, 3),
                call.says("sad", 8, 9),
                call.says("neutral", 10, 11),
                call.says("neutral", 30, 31),
                call.ends(32));

    assertThat(engine.told()).containsExactly("Sad FIRING 1.0", "Sad RESOLVED 21.0");
  }

  @Test
  void noAlertBeginsDuringTheCooldown() {
    TestEngine engine =
        new TestEngine("{alert: Sad, when: {emotion: sad}, cooldown: 10s}")
            .apply(
                call.says("sad", 0, 1),
                call.says("neutral", 2, 3),
                call.says("sad", 8, 9),
                call.says("neutral", 10, 11),
                call.says("sad", 12, 13),
                call.says("neutral", 14, 15));

    assertThat(engine.told())
        .containsExactly(
            "Sad FIRING 1.0", "Sad RESOLVED 3.0", "Sad FIRING 13.0", "Sad RESOLVED 15.0");
    assertThat(engine.alerts.get(2).getAlertId()).isNotEqualTo(engine.alerts.get(0).getAlertId());
  }

  @Test
  void aShiftHoldsUntilTheMoodChanges() {
    TestEngine engine =
        new TestEngine("{alert: Turn, when: {shift: {from: neutral, to: negative}}, for: 5s}")
            .apply(
                call.says("sad", 0, 1),
                call.says("neutral", 2, 3),
                call.says("angry", 4, 5),
                call.says("sad", 11, 12),
                call.says("neutral", 13, 14),
                call.says("happy", 15, 16),
                call.says("angry", 17, 18));

    assertThat(engine.told())
        .containsExactly("Turn PENDING 5.0", "Turn FIRING 10.0", "Turn RESOLVED 14.0");
  }

  @Test
  void silenceIsMeasuredToTheBeginOfTheNextUtterance() {
    TestEngine engine =
        new TestEngine(SILENCE)
            .apply(
                call.says("angry", 0, 2),
                call.says("sad", 31, 40),
                call.says("neutral", 75, 80),
                call.says("neutral", 200, 201));

    assertThat(engine.told()).containsExactly("Silence FIRING 70.0", "Silence RESOLVED 75.0");
    assertThat(engine.alerts.get(0).getValue()).isEqualTo(30);
    assertThat(engine.alerts.get(0).getEvidence())
        .extracting(AlertEvidence::getEmotion)
        .containsExactly("sad");
  }

  @Test
  void silenceEndsWithTheCallAndIsNotMadeUp() {
    assertThat(new TestEngine(SILENCE).apply(call.says("sad", 0, 2), call.ends(31)).told())
        .isEmpty();
    assertThat(new TestEngine(SILENCE).apply(call.says("sad", 0, 2), call.ends(33)).told())
        .containsExactly("Silence FIRING 32.0", "Silence RESOLVED 33.0");
  }

  @Test
  void aCallThatEndsWithoutItsLastChunkWasSilent() {
    assertThat(
            new TestEngine(SILENCE)
                .apply(call.says("sad", 0, 2), call.ends(3, EndReason.TIMEOUT, "sad"))
                .told())
        .containsExactly("Silence FIRING 32.0", "Silence RESOLVED 303.0");
  }

  @Test
  void theClockTellsTheSameSooner() {
    TestEngine engine = new TestEngine(SILENCE).apply(call.says("angry", 0, 2));

    engine.passUntil(TestEvents.BEGIN_MS + 31_999);
    assertThat(engine.told()).isEmpty();
    engine.passUntil(TestEvents.BEGIN_MS + 32_000);
    assertThat(engine.told()).containsExactly("Silence FIRING 32.0");
    engine.apply(call.says("neutral", 50, 51), call.ends(60));

    TestEvents again = new TestEvents();
    assertThat(engine.alerts)
        .isEqualTo(
            new TestEngine(SILENCE)
                .apply(again.says("angry", 0, 2), again.says("neutral", 50, 51), again.ends(60))
                .alerts);
  }

  @Test
  void aCallThatEndsBadlyIsToldAtItsEnd() {
    String rule = "{alert: Bad, when: {atEnd: negative, utterances: 2}, labels: {severity: page}}";
    TestEngine bad =
        new TestEngine(rule)
            .apply(call.says("happy", 0, 1), call.says("sad", 2, 3), call.says("angry", 4, 5))
            .apply(call.ends(9));
    TestEngine recovered =
        new TestEngine(rule)
            .apply(call.says("sad", 0, 1), call.says("sad", 2, 3), call.says("neutral", 4, 5))
            .apply(call.ends(9));

    assertThat(bad.told()).containsExactly("Bad FIRING 9.0", "Bad RESOLVED 9.0");
    assertThat(bad.alerts.get(0).getLabels()).isEqualTo(Map.of("severity", "page"));
    assertThat(recovered.told()).isEmpty();
  }

  @Test
  void theScoreOfACallIsComparedAtItsEnd() {
    String rule = "{alert: Low, when: {callScore: '< 30'}}";
    TestEngine low =
        new TestEngine(rule)
            .apply(call.says("sad", 0, 1), call.ends(9, EndReason.LAST_CHUNK, "sad"));

    assertThat(low.told()).containsExactly("Low FIRING 9.0", "Low RESOLVED 9.0");
    assertThat(low.alerts.get(0).getValue()).isEqualTo(15);
    assertThat(low.alerts.get(0).getChannel()).isEqualTo(-1);
    assertThat(new TestEngine(rule).apply(call.says("sad", 0, 1), call.ends(9)).told()).isEmpty();
  }

  @Test
  void anErasedCallLeavesNothingAndTellsConsumers() {
    TestEngine engine =
        new TestEngine("{alert: Sad, when: {emotion: sad}}")
            .apply(call.says("sad", 0, 1), call.erased());

    assertThat(engine.alerts)
        .extracting(Alert::getState)
        .containsExactly(AlertState.FIRING, AlertState.ERASED);
    Alert erased = engine.alerts.get(1);
    assertThat(erased.getAlertId()).isEqualTo("erased");
    assertThat(erased.getEvidence()).isEmpty();
    assertThat(erased.getAttributes()).isEmpty();
    assertThat(engine.state).isNull();
    assertThat(new TestEngine(ANGER).apply(call.erased()).alerts)
        .extracting(Alert::getState)
        .containsExactly(AlertState.ERASED);
  }

  @Test
  void afterDeniedConsentAnAlertEndsWithoutEvidence() {
    TestEngine engine =
        new TestEngine("[{alert: Sad, when: {emotion: sad}}, {alert: Bad, when: {atEnd: sad}}]")
            .apply(call.with("queue", "x").says("sad", 0, 1))
            .apply(call.ends(5, EndReason.CONSENT_DENIED, "sad"));

    assertThat(engine.told()).containsExactly("Sad FIRING 1.0", "Sad RESOLVED 5.0");
    assertThat(engine.alerts.get(1).getEvidence()).isEmpty();
    assertThat(engine.alerts.get(1).getValue()).isNull();
    assertThat(engine.alerts.get(1).getAttributes()).isEmpty();
  }

  @Test
  void looksOnlyWhereItMatches() {
    String rule =
        """
        alert: Sad
        match: {tenant: [acme, other], role: AGENT, attributes: {queue: billing}}
        when: {emotion: sad}
        """;
    call.with("queue", "billing");
    TestEngine engine =
        new TestEngine(rule)
            .apply(call.says("sad", 0, 1), call.says(1, ParticipantRole.AGENT, "sad", 0.7f, 2, 3));
    call.with("queue", "returns");
    engine.apply(call.says(1, ParticipantRole.AGENT, "sad", 0.7f, 4, 5));

    assertThat(engine.told()).containsExactly("Sad FIRING 3.0", "Sad RESOLVED 5.0");
    assertThat(engine.alerts.get(0).getAttributes()).isEqualTo(Map.of("queue", "billing"));
    assertThat(
            new TestEngine(rule.replace("acme, other", "other"))
                .apply(call.says(1, ParticipantRole.AGENT, "sad", 0.7f, 2, 3))
                .told())
        .isEmpty();
  }

  @Test
  void channelsHaveAlertsOfTheirOwn() {
    TestEngine engine =
        new TestEngine("{alert: Sad, match: {role: [CUSTOMER, AGENT]}, when: {emotion: sad}}")
            .apply(
                call.says("sad", 0, 1),
                call.says(1, ParticipantRole.AGENT, "sad", 0.7f, 2, 3),
                call.says("happy", 4, 5));

    assertThat(engine.alerts).extracting(Alert::getChannel).containsExactly(0, 1, 0);
  }

  @Test
  void aChangedRuleEndsTheAlertsOfTheFormerOne() {
    TestEngine engine =
        new TestEngine("{alert: Sad, version: 1, when: {emotion: sad}}")
            .apply(call.says("sad", 0, 1));
    engine.rules("{alert: Sad, version: 2, when: {emotion: sad, utterances: 2}}");
    engine.apply(call.says("sad", 2, 3), call.says("sad", 4, 5), call.ends(6));

    assertThat(engine.told())
        .containsExactly(
            "Sad FIRING 1.0", "Sad RESOLVED 1.0", "Sad FIRING 5.0", "Sad RESOLVED 6.0");
    assertThat(engine.alerts).extracting(Alert::getRuleVersion).containsExactly(1, 1, 2, 2);
  }

  @Test
  void theEvidenceIsBoundedAndKeepsItsBeginning() {
    TestEngine engine = new TestEngine(ANGER);
    for (int i = 0; i < 60; i++) {
      engine.apply(call.says("angry", i, i + 0.5));
    }
    engine.apply(call.ends(70));

    assertThat(engine.alerts.get(1).getEvidence())
        .hasSize(20)
        .extracting(AlertEvidence::getUtteranceIndex)
        .startsWith(0, 1, 2, 43)
        .endsWith(59);
  }
}

package io.undertone.dashboard.calls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.dashboard.Events;
import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertResponse;
import io.undertone.schemas.AlertResponseKind;
import io.undertone.schemas.AlertState;
import io.undertone.schemas.EmotionEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallWindowTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final Duration HISTORY = Duration.ofHours(1);
  private static final CallKey CALL = new CallKey("acme", "c1");

  private final Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
  private final CallWindow window = windowOf(100, 1 << 20);

  @Test
  void keepsUtterancesInTheOrderOfTheirBegin() {
    window.apply(spoken("c1", 1, 5000), NOW);
    window.apply(spoken("c1", 0, 1000), NOW);

    assertThat(call().utterances()).extracting(Utterance::beginMs).containsExactly(1000L, 5000L);
  }

  @Test
  void takesARepeatedEventOnceAndTheLastRevision() {
    EmotionEvent revised = spoken("c1", 0, 1000);
    revised.setRevision(7);
    window.apply(spoken("c1", 0, 1000), NOW);
    window.apply(spoken("c1", 0, 1000), NOW);
    window.apply(revised, NOW);

    assertThat(call().utterances()).extracting(Utterance::revision).containsExactly(7L);
  }

  @Test
  void aSummaryEndsACallAndFurtherSpeechResumesIt() {
    window.apply(spoken("c1", 0, 1000), NOW);
    window.apply(Events.end("acme", "c1", 4000, NOW, "angry"), NOW);
    assertThat(call().live()).isFalse();
    assertThat(call().need()).isEqualTo(Need.NONE);

    window.apply(spoken("c1", 1, 9000), NOW);
    assertThat(call().live()).isTrue();
  }

  @Test
  void anEndedCallHasItsCharacteristics() {
    window.apply(Events.end("acme", "c1", 4000, NOW, "angry"), NOW);

    assertThat(requireNonNull(call().summary()).characteristics())
        .isEqualTo(
            new Characteristics(
                38.2,
                41_000L,
                4_000L,
                List.of(
                    new Characteristics.Interruption("AGENT", 700, 1_400),
                    new Characteristics.Interruption("CUSTOMER", 5_000, 5_700),
                    new Characteristics.Interruption("AGENT", 9_000, 9_600)),
                List.of(
                    new Characteristics.Voice("AGENT", 12_000, null, null),
                    new Characteristics.Voice("CUSTOMER", 18_000, 4.3, -21.0))));
  }

  @Test
  void whatAnOldEventDoesNotSayIsNull() {
    EmotionEvent end = Events.end("acme", "c1", 4000, NOW, "angry");
    end.getConversation().setTalkTime(null);
    end.getConversation().setTalkSpeed(null);
    end.getConversation().setLoudness(null);
    end.getConversation().setNonTalkTime(null);
    end.getConversation().setInterruptions(null);
    end.getConversation().setCallScore(null);
    end.getConversation().setRecoveryTimeMillis(null);
    window.apply(end, NOW);

    assertThat(requireNonNull(call().summary()).characteristics())
        .isEqualTo(new Characteristics(null, null, null, null, List.of()));
  }

  @Test
  void aCallWithoutNewsForLongIsNotLive() {
    window.apply(spoken("c1", 0, 1000), NOW - CallWindow.LONGEST_SILENCE.toMillis());

    assertThat(call().live()).isFalse();
  }

  @Test
  void aResponseMayComeBeforeItsAlert() {
    EmotionEvent event = spoken("c1", 0, 1000);
    Alert alert = Events.alert(event, AlertState.FIRING);
    window.apply(response(alert, AlertResponseKind.ACKNOWLEDGED, "anna"), NOW);
    window.apply(alert, NOW);
    window.apply(event, NOW);

    assertThat(call().alerts().get(0).handling().acknowledgedBy()).isEqualTo("anna");
    assertThat(call().need().reasons()).doesNotContain(Need.Reason.ALERT);
  }

  @Test
  void theFirstClaimHoldsUntilItIsReleased() {
    EmotionEvent event = spoken("c1", 0, 1000);
    Alert alert = Events.alert(event, AlertState.FIRING);
    window.apply(event, NOW);
    window.apply(alert, NOW);
    assertThat(call().need().reasons()).contains(Need.Reason.ALERT);

    window.apply(response(alert, AlertResponseKind.CLAIMED, "anna"), NOW);
    window.apply(response(alert, AlertResponseKind.CLAIMED, "bert"), NOW);
    assertThat(call().alerts().get(0).handling())
        .isEqualTo(new AlertHandling("anna", NOW, "anna", NOW));

    window.apply(response(alert, AlertResponseKind.RELEASED, "bert"), NOW);
    assertThat(call().alerts().get(0).handling()).isEqualTo(AlertHandling.NONE);
    assertThat(call().need().reasons()).contains(Need.Reason.ALERT);
  }

  private static AlertResponse response(Alert alert, AlertResponseKind kind, String author) {
    return new AlertResponse(
        alert.getTenant(), alert.getConversationId(), alert.getAlertId(), kind, author, NOW);
  }

  @Test
  void anErasedCallIsGoneForGood() {
    window.apply(spoken("c1", 0, 1000), NOW);
    window.apply(Events.erased("acme", "c1"), NOW);
    window.apply(spoken("c1", 1, 5000), NOW);

    assertThat(window.call(CALL)).isEmpty();
    assertThat(window.bytes()).isZero();
    assertThat(window.takeChanges().erased()).containsExactly(CALL);
  }

  @Test
  void forgetsWhatExceedsTheNumberOfCallsEndedCallsFirst() {
    CallWindow small = windowOf(2, 1 << 20);
    small.apply(spoken("live", 0, 1000), NOW);
    small.apply(spoken("ended", 0, 1000), NOW);
    small.apply(Events.end("acme", "ended", 4000, NOW, "sad"), NOW);
    small.apply(spoken("new", 0, 1000), NOW);

    assertThat(small.keys()).extracting(CallKey::conversation).containsExactly("live", "new");
    assertThat(small.takeChanges().forgotten()).containsExactly(new CallKey("acme", "ended"));
  }

  @Test
  void keepsItsBoundOfBytes() {
    CallWindow small = windowOf(100_000, 50_000);
    for (int i = 0; i < 1000; i++) {
      small.apply(spoken("c" + i, 0, 1000), NOW);
    }

    assertThat(small.bytes()).isLessThanOrEqualTo(50_000);
    assertThat(small.keys())
        .extracting(CallKey::conversation)
        .contains("c999")
        .doesNotContain("c0");
  }

  @Test
  void forgetsCallsThatAreOlderThanTheHistory() {
    window.apply(spoken("old", 0, 1000), NOW - HISTORY.toMillis() - 1);
    window.apply(spoken("c1", 0, 1000), NOW);
    window.forgetOld();

    assertThat(window.keys()).containsExactly(CALL);
  }

  @Test
  void anAlertThatComesBeforeItsCallWaitsForIt() {
    EmotionEvent event = spoken("c1", 0, 1000);
    window.apply(Events.alert(event, AlertState.FIRING), NOW);
    assertThat(window.call(CALL)).isEmpty();

    window.apply(event, NOW);
    assertThat(call().alerts()).extracting(RaisedAlert::rule).containsExactly("SustainedAnger");
    assertThat(call().need().reasons()).contains(Need.Reason.ALERT);
  }

  @Test
  void anErasedCallHasNoAlerts() {
    EmotionEvent event = spoken("c1", 0, 1000);
    window.apply(event, NOW);
    window.apply(Events.alert(event, AlertState.ERASED), NOW);
    window.apply(Events.alert(event, AlertState.FIRING), NOW);

    assertThat(window.size()).isZero();
  }

  @Test
  void tellsChangesOnce() {
    window.apply(spoken("c1", 0, 1000), NOW);

    assertThat(window.takeChanges().changed()).containsExactly(CALL);
    assertThat(window.takeChanges().changed()).isEmpty();
  }

  @Test
  void attributesAreThoseOfTheirTime() {
    EmotionEvent first = spoken("c1", 0, 1000);
    first.setAttributes(Map.of("queue", "billing"));
    EmotionEvent transferred = spoken("c1", 1, 5000);
    transferred.setAttributes(Map.of("queue", "claims"));
    window.apply(first, NOW);
    window.apply(transferred, NOW);

    assertThat(call().attributes()).isEqualTo(Map.of("queue", "claims"));
    assertThat(call().attributeChanges())
        .containsExactly(
            new AttributeChange(3000, Map.of("queue", "billing")),
            new AttributeChange(7000, Map.of("queue", "claims")));
  }

  @Test
  void theCustomerIsTheFirstSide() {
    EmotionEvent agent = spoken("c1", 0, 500);
    agent.setChannel(1);
    agent.setEventId("agent");
    agent.setParticipantRole(io.undertone.schemas.ParticipantRole.AGENT);
    window.apply(agent, NOW);
    window.apply(spoken("c1", 0, 1000), NOW);

    assertThat(call().sides()).extracting(Side::role).isEqualTo(List.of("CUSTOMER", "AGENT"));
  }

  private CallState call() {
    return window.call(CALL).orElseThrow();
  }

  private CallWindow windowOf(int calls, long bytes) {
    return new CallWindow(new WindowBounds(HISTORY, calls, bytes), clock);
  }

  private static EmotionEvent spoken(String conversation, int index, long beginMs) {
    return Events.utterance(
        "acme", conversation, index, beginMs, beginMs + 2000, NOW, Events.mostly("neutral", 0.7));
  }
}

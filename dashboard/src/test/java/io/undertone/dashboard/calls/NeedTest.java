package io.undertone.dashboard.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.dashboard.Events;
import io.undertone.dashboard.calls.Need.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeedTest {

  @Test
  void isLowForACalmCall() {
    Need need = Need.of(spoken("neutral", 0.9, "neutral", 0.9), false);

    assertThat(need.score()).isLessThan(10);
    assertThat(need.reasons()).isEmpty();
  }

  @Test
  void isHighForLastingAnger() {
    Need need = Need.of(spoken("angry", 0.9, "angry", 0.9, "angry", 0.9, "angry", 0.9), false);

    assertThat(need.score()).isGreaterThan(75);
    assertThat(need.reasons()).containsExactly(Reason.ANGRY, Reason.LASTING);
  }

  @Test
  void isHigherForAngerThanForSadness() {
    Need angry = Need.of(spoken("angry", 0.9), false);
    Need sad = Need.of(spoken("sad", 0.9), false);

    assertThat(angry.score()).isGreaterThan(sad.score());
    assertThat(sad.reasons()).containsExactly(Reason.SAD);
  }

  @Test
  void isLowerIfTheEstimateIsAGuess() {
    Need sure = Need.of(spoken("angry", 0.9), false);
    Need guess = Need.of(spoken("angry", 0.3), false);

    assertThat(guess.score()).isLessThan(sure.score() / 2);
    assertThat(guess.reasons()).isEmpty();
  }

  @Test
  void saysThatACallHasTurned() {
    Need need = Need.of(spoken("happy", 0.9, "angry", 0.9), false);

    assertThat(need.reasons()).containsExactly(Reason.ANGRY, Reason.TURNED);
  }

  @Test
  void fallsWhenACallRecovers() {
    Need angry = Need.of(spoken("angry", 0.9, "angry", 0.9), false);
    Need recovered = Need.of(spoken("angry", 0.9, "angry", 0.9, "happy", 0.9, "happy", 0.9), false);

    assertThat(recovered.score()).isLessThan(angry.score());
    assertThat(recovered.reasons()).containsExactly(Reason.RECOVERING);
  }

  @Test
  void aFiringAlertPutsEvenACalmCallIntoTheUpperHalf() {
    Need need = Need.of(spoken("neutral", 0.9), true);

    assertThat(need.score()).isGreaterThanOrEqualTo(50);
    assertThat(need.reasons()).containsExactly(Reason.ALERT);
  }

  /** One utterance every ten seconds: emotion, probability, and so on. */
  private static List<Utterance> spoken(Object... emotions) {
    List<Utterance> utterances = new ArrayList<>();
    for (int i = 0; i < emotions.length; i += 2) {
      utterances.add(
          Utterance.of(
              Events.utterance(
                  "acme",
                  "c1",
                  i / 2,
                  i * 5_000L,
                  i * 5_000L + 3_000,
                  0,
                  Events.mostly((String) emotions[i], (Double) emotions[i + 1]))));
    }
    return utterances;
  }
}

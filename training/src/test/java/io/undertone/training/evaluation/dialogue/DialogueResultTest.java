package io.undertone.training.evaluation.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.undertone.training.evaluation.Bootstrap;
import io.undertone.training.evaluation.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DialogueResultTest {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(1, 500);

  @Test
  void theGainIsADifferenceOfUnweightedAccuraciesOverAllDialogues() {
    HeardDialogue first = Heard.of("hhss", Map.of("window", "hsss", "memory", "hhss"));
    HeardDialogue second = Heard.of("hhss", Map.of("window", "hhsh", "memory", "hhhh"));

    Gain gain = Gain.of(List.of(first, second), "memory", "window", TurnChoice.ALL, BOOTSTRAP);

    // Happy 3/4 to 4/4, sad 3/4 to 2/4.
    assertThat(gain.value()).isCloseTo(0, within(1e-12));
    // A sample of the first alone gains a quarter, one of the second alone loses it.
    assertThat(gain.interval()).isEqualTo(new Interval(-0.25, 0.25));
  }

  @Test
  void dialoguesThatAllGainAlikeLeaveNoDoubt() {
    HeardDialogue heard = Heard.of("hhss", Map.of("window", "hsss", "memory", "hhss"));

    assertThat(Gain.of(List.of(heard, heard, heard), "memory", "window", TurnChoice.ALL, BOOTSTRAP))
        .isEqualTo(new Gain("memory", "window", 0.25, new Interval(0.25, 0.25)));
  }

  @Test
  void halvesAreThoseOfLongDialoguesAlone() {
    String meant = "hshshshshshshshshshshs";
    HeardDialogue lateGain =
        Heard.of(meant, Map.of("window", meant.substring(0, 11) + "nnnnnnnnnnn", "memory", meant));
    HeardDialogue shortLoss = Heard.of("hs", Map.of("window", "hs", "memory", "nn"));

    HalfGains halves =
        HalfGains.of(List.of(lateGain, shortLoss), "memory", "window", BOOTSTRAP).orElseThrow();

    assertThat(halves.dialogues()).isEqualTo(1);
    assertThat(halves.first().value()).isZero();
    assertThat(halves.second().value()).isEqualTo(1);
    assertThat(halves.growth()).isEqualTo(1);
    assertThat(HalfGains.of(List.of(shortLoss), "memory", "window", BOOTSTRAP)).isEmpty();
  }

  @Test
  void theBetterIsTheOneThatWasChosenElsewhere() {
    List<HeardDialogue> heard =
        Stays.of(List.of(0.9))
            .filter(
                List.of(
                    Heard.of(
                        "aaaaaaaa",
                        Map.of(
                            "noContext", "aaaaaaah", "window", "aaaaaash", "memory", "haaaaash"))));

    DialogueResult found = DialogueResult.of(heard, Optional.empty(), BOOTSTRAP);
    DialogueResult given = DialogueResult.of(heard, Optional.of("memory"), BOOTSTRAP);

    assertThat(found.best().condition()).isEqualTo("memoryFilter");
    assertThat(given.best().condition()).isEqualTo("memory");
    assertThat(given.best().base()).isEqualTo("windowFilter");
    assertThat(found.metrics()).containsOnlyKeys(Conditions.ALL);
    assertThat(found.byCorpus()).containsOnlyKeys("corpus");
    assertThat(found.byFile()).containsOnlyKeys("file");
    assertThat(found.positions())
        .extracting(PositionAccuracy::from, PositionAccuracy::utterances)
        .containsExactly(tuple(1, 5L), tuple(6, 3L));
    assertThat(found.positions().get(1).unweightedAccuracy().get("window"))
        .isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void aClassifierIsMeasuredWhereAllDialoguesWereHeardByOne() {
    Map<String, String> said = Map.of("noContext", "hs", "window", "hs", "memory", "hs");
    HeardDialogue without = Stays.of(List.of(0.5)).filter(List.of(Heard.of("hs", said))).get(0);
    HeardDialogue with =
        without.with(Conditions.CLASSIFIER, Heard.of("hs", Map.of("c", "ss")).under("c"));

    DialogueResult result = DialogueResult.of(List.of(with, with), Optional.empty(), BOOTSTRAP);

    assertThat(result.metrics())
        .hasEntrySatisfying(
            "classifier",
            measures -> assertThat(measures.confusion().unweightedAccuracy()).isEqualTo(0.5));
    assertThat(result.byCorpus().get("corpus")).containsKey("classifier");
    assertThat(DialogueResult.of(List.of(with, without), Optional.empty(), BOOTSTRAP).metrics())
        .containsOnlyKeys(Conditions.ALL);
  }
}

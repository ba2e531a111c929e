package io.undertone.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.undertone.evaluation.dialogue.Conditions;
import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.model.EmotionPrior;
import io.undertone.training.evaluation.Bootstrap;
import io.undertone.training.evaluation.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DialogueResultTest {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(1, 500);

  @Test
  void theGainIsTheDifferenceOfUnweightedAccuraciesOverAllDialogues() {
    EvaluatedDialogue first =
        LetterDialogues.of("hhss", Map.of("window", "hsss", "memory", "hhss"));
    EvaluatedDialogue second =
        LetterDialogues.of("hhss", Map.of("window", "hhsh", "memory", "hhhh"));

    Gain gain = Gain.of(List.of(first, second), "memory", "window", TurnChoice.ALL, BOOTSTRAP);

    // Happy 3/4 to 4/4, sad 3/4 to 2/4.
    assertThat(gain.value()).isCloseTo(0, within(1e-12));
    // A sample of the first alone gains a quarter, one of the second alone loses it.
    assertThat(gain.interval()).isEqualTo(new Interval(-0.25, 0.25));
  }

  @Test
  void equalGainsGiveAnEmptyInterval() {
    EvaluatedDialogue dialogue =
        LetterDialogues.of("hhss", Map.of("window", "hsss", "memory", "hhss"));

    assertThat(
            Gain.of(
                List.of(dialogue, dialogue, dialogue),
                "memory",
                "window",
                TurnChoice.ALL,
                BOOTSTRAP))
        .isEqualTo(new Gain("memory", "window", 0.25, new Interval(0.25, 0.25)));
  }

  @Test
  void halvesCountLongDialoguesOnly() {
    String labels = "hshshshshshshshshshshs";
    EvaluatedDialogue lateGain =
        LetterDialogues.of(
            labels, Map.of("window", labels.substring(0, 11) + "nnnnnnnnnnn", "memory", labels));
    EvaluatedDialogue shortLoss = LetterDialogues.of("hs", Map.of("window", "hs", "memory", "nn"));

    HalfGains halves =
        HalfGains.of(List.of(lateGain, shortLoss), "memory", "window", BOOTSTRAP).orElseThrow();

    assertThat(halves.dialogues()).isEqualTo(1);
    assertThat(halves.first().value()).isZero();
    assertThat(halves.second().value()).isEqualTo(1);
    assertThat(halves.growth()).isEqualTo(1);
    assertThat(HalfGains.of(List.of(shortLoss), "memory", "window", BOOTSTRAP)).isEmpty();
  }

  @Test
  void usesTheGivenChoiceOfTheBetterCondition() {
    List<EvaluatedDialogue> dialogues =
        FilterParameters.of(List.of(0.9), EmotionPrior.UNIFORM)
            .filter(
                List.of(
                    LetterDialogues.of(
                        "aaaaaaaa",
                        Map.of(
                            "noContext", "aaaaaaah", "window", "aaaaaash", "memory", "haaaaash"))));

    DialogueResult found = DialogueResult.of(dialogues, Optional.empty(), BOOTSTRAP);
    DialogueResult given = DialogueResult.of(dialogues, Optional.of("memory"), BOOTSTRAP);

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
  void hasAClassifierOnlyIfAllDialoguesHaveItsEstimates() {
    Map<String, String> estimated = Map.of("noContext", "hs", "window", "hs", "memory", "hs");
    EvaluatedDialogue without =
        FilterParameters.of(List.of(0.5), EmotionPrior.UNIFORM)
            .filter(List.of(LetterDialogues.of("hs", estimated)))
            .get(0);
    EvaluatedDialogue with =
        without.with(Conditions.CLASSIFIER, LetterDialogues.of("hs", Map.of("c", "ss")).under("c"));

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

package io.undertone.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.EmotionPrior;
import io.undertone.training.corpus.Turn;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SpeakerFilterTest {
  private static final Offset<Float> TOLERANCE = Offset.offset(1e-6f);

  @Test
  void combinesTheExpectedEmotionWithTheEstimate() {
    List<Turn> turns = List.of(turn("one"), turn("one"));
    EmotionEstimate first = estimate(0.4f, 0.2f, 0.2f, 0.2f);
    EmotionEstimate second = estimate(0.25f, 0.25f, 0.4f, 0.1f);

    List<EmotionEstimate> filtered =
        new SpeakerFilter(0.5, EmotionPrior.UNIFORM).apply(turns, List.of(first, second));

    assertThat(filtered.get(0).toArray()).containsExactly(first.toArray(), TOLERANCE);
    // Expected at the second turn: 0.5 · 0.4 + 0.125 = 0.325, and 0.225 three times.
    // Times the estimate: 0.08125, 0.05625, 0.09, 0.0225; in all 0.25.
    assertThat(filtered.get(1).toArray())
        .containsExactly(new float[] {0.325f, 0.225f, 0.36f, 0.09f}, TOLERANCE);
  }

  @Test
  void filtersEachSpeakerSeparately() {
    List<Turn> turns = List.of(turn("one"), turn("two"), turn("one"));
    EmotionEstimate happy = LetterDialogues.confident(Emotion.HAPPY, 0.7f);
    EmotionEstimate sad = LetterDialogues.confident(Emotion.SAD, 0.7f);

    List<EmotionEstimate> filtered =
        new SpeakerFilter(0.8, EmotionPrior.UNIFORM).apply(turns, List.of(happy, sad, happy));

    assertThat(filtered.get(1).toArray()).containsExactly(sad.toArray(), TOLERANCE);
    assertThat(filtered.get(2))
        .isEqualTo(
            new SpeakerFilter(0.8, EmotionPrior.UNIFORM)
                .apply(List.of(turn("one"), turn("one")), List.of(happy, happy))
                .get(1));
  }

  @Test
  void aStayOfZeroChangesNothing() {
    EmotionEstimate estimate = estimate(0.1f, 0.2f, 0.3f, 0.4f);

    assertThat(
            new SpeakerFilter(0, EmotionPrior.UNIFORM)
                .apply(List.of(turn("one"), turn("one")), List.of(estimate, estimate))
                .get(1)
                .toArray())
        .containsExactly(estimate.toArray(), TOLERANCE);
  }

  @Test
  void rejectsInvalidProbabilities() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SpeakerFilter(1, EmotionPrior.UNIFORM))
        .withMessage("stay must be at least 0 and below 1, but is 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FilterParameters.of(List.of(0.1, 0.2), EmotionPrior.UNIFORM))
        .withMessageContaining("stay must be 1 value, or 3");
  }

  @Test
  void theGridFindsWhetherEmotionsStay() {
    EvaluatedDialogue steady = LetterDialogues.of("aaaaaaaaaa", Map.of("window", "aahaasaana"));
    EvaluatedDialogue restless =
        LetterDialogues.of("hshahnhshahn", Map.of("window", "hshahnhshahn"));

    StayGrid ofSteady = StayGrid.of(List.of(steady), "window", EmotionPrior.UNIFORM);
    StayGrid ofRestless = StayGrid.of(List.of(restless), "window", EmotionPrior.UNIFORM);

    assertThat(ofSteady.best()).isGreaterThan(0.4);
    assertThat(ofSteady.unweightedAccuracy()).hasSize(20).containsEntry(0.0, 0.7);
    assertThat(ofSteady.unweightedAccuracy()).containsEntry(ofSteady.best(), 1.0);
    assertThat(ofRestless.best()).isLessThan(0.2);
  }

  private static Turn turn(String speaker) {
    return new Turn("CUSTOMER", speaker, Emotion.HAPPY, "any.wav");
  }

  private static EmotionEstimate estimate(float... probabilities) {
    return new EmotionEstimate(probabilities);
  }
}

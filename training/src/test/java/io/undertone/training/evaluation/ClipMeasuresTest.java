package io.undertone.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Split;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClipMeasuresTest {
  private static final EmotionEstimate HAPPY =
      new EmotionEstimate(new float[] {0.7f, 0.1f, 0.1f, 0.1f});
  private static final EmotionEstimate NEUTRAL =
      new EmotionEstimate(new float[] {0.1f, 0.1f, 0.1f, 0.7f});

  @Test
  void whatListenersHeardIsAnotherTruthOnTheClipsThatHaveIt() {
    ClipMeasures measures = new ClipMeasures();
    measures.add(clip(Emotion.HAPPY, Optional.of(Emotion.NEUTRAL)), NEUTRAL);
    measures.add(clip(Emotion.SAD, Optional.of(Emotion.SAD)), NEUTRAL);
    measures.add(clip(Emotion.SAD, Optional.of(Emotion.NEUTRAL)), NEUTRAL);
    measures.add(clip(Emotion.HAPPY, Optional.empty()), HAPPY);

    assertThat(measures.model().scores().utterances()).isEqualTo(4);
    assertThat(measures.model().scores().weightedAccuracy()).isEqualTo(0.25);
    PerceivedMeasures perceived = measures.perceived().orElseThrow();
    assertThat(perceived.model().scores().utterances()).isEqualTo(3);
    // Neutral 2 of 2, sad 0 of 1.
    assertThat(perceived.model().scores().unweightedAccuracy()).isEqualTo(0.5);
    assertThat(perceived.modelOfMeant().scores().unweightedAccuracy()).isZero();
    // Happy 0 of 1, sad 1 of 2.
    assertThat(perceived.listeners().unweightedAccuracy()).isEqualTo(0.25);
  }

  @Test
  void corporaThatDoNotTellWhatWasPerceivedHaveNoSuchMeasures() {
    ClipMeasures measures = new ClipMeasures();
    measures.add(clip(Emotion.HAPPY, Optional.empty()), HAPPY);

    assertThat(measures.perceived()).isEmpty();
    assertThat(measures.classifier()).isEmpty();
  }

  @Test
  void theClassifierIsMeasuredApart() {
    ClipMeasures measures = new ClipMeasures();
    Clip clip = clip(Emotion.HAPPY, Optional.of(Emotion.HAPPY));
    measures.add(clip, HAPPY);
    measures.addClassified(clip, NEUTRAL);

    assertThat(measures.model().scores().weightedAccuracy()).isEqualTo(1);
    assertThat(measures.classifier().orElseThrow().scores().weightedAccuracy()).isZero();
  }

  private static Clip clip(Emotion meant, Optional<Emotion> perceived) {
    return new Clip(
        "a.flac", "one", "one/7", meant.longName(), Optional.of(meant), perceived, Split.TEST);
  }
}

package io.undertone.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Split;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClipMetricsTest {
  private static final EmotionEstimate HAPPY =
      new EmotionEstimate(new float[] {0.7f, 0.1f, 0.1f, 0.1f});
  private static final EmotionEstimate NEUTRAL =
      new EmotionEstimate(new float[] {0.1f, 0.1f, 0.1f, 0.7f});

  @Test
  void comparesWithTheListenersMajorityOnTheClipsThatHaveOne() {
    ClipMetrics metrics = new ClipMetrics();
    metrics.add(clip(Emotion.HAPPY, Optional.of(Emotion.NEUTRAL)), NEUTRAL);
    metrics.add(clip(Emotion.SAD, Optional.of(Emotion.SAD)), NEUTRAL);
    metrics.add(clip(Emotion.SAD, Optional.of(Emotion.NEUTRAL)), NEUTRAL);
    metrics.add(clip(Emotion.HAPPY, Optional.empty()), HAPPY);

    assertThat(metrics.model().confusion().utterances()).isEqualTo(4);
    assertThat(metrics.model().confusion().weightedAccuracy()).isEqualTo(0.25);
    PerceivedMetrics perceived = metrics.perceived().orElseThrow();
    assertThat(perceived.model().confusion().utterances()).isEqualTo(3);
    // Neutral 2 of 2, sad 0 of 1.
    assertThat(perceived.model().confusion().unweightedAccuracy()).isEqualTo(0.5);
    assertThat(perceived.modelOfLabels().confusion().unweightedAccuracy()).isZero();
    // Happy 0 of 1, sad 1 of 2.
    assertThat(perceived.listeners().unweightedAccuracy()).isEqualTo(0.25);
  }

  @Test
  void hasNoPerceivedMetricsWithoutAMajority() {
    ClipMetrics metrics = new ClipMetrics();
    metrics.add(clip(Emotion.HAPPY, Optional.empty()), HAPPY);

    assertThat(metrics.perceived()).isEmpty();
    assertThat(metrics.classifier()).isEmpty();
  }

  @Test
  void theClassifierHasItsOwnMetrics() {
    ClipMetrics metrics = new ClipMetrics();
    Clip clip = clip(Emotion.HAPPY, Optional.of(Emotion.HAPPY));
    metrics.add(clip, HAPPY);
    metrics.addClassified(clip, NEUTRAL);

    assertThat(metrics.model().confusion().weightedAccuracy()).isEqualTo(1);
    assertThat(metrics.classifier().orElseThrow().confusion().weightedAccuracy()).isZero();
  }

  private static Clip clip(Emotion label, Optional<Emotion> perceived) {
    return new Clip(
        "a.flac", "one", "one/7", label.longName(), Optional.of(label), perceived, Split.TEST);
  }
}

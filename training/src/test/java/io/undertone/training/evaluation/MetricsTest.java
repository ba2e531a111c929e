package io.undertone.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import org.junit.jupiter.api.Test;

class MetricsTest {

  @Test
  void theLikelihoodIsThatOfTheLabels() {
    Metrics metrics = new Metrics();
    metrics.add(Emotion.HAPPY, new EmotionEstimate(new float[] {0.5f, 0.25f, 0.25f, 0}));
    metrics.add(Emotion.SAD, new EmotionEstimate(new float[] {0.5f, 0.25f, 0.25f, 0}));

    assertThat(metrics.negativeLogLikelihood())
        .isCloseTo((Math.log(2) + Math.log(4)) / 2, within(1e-6));
    assertThat(metrics.confusion().counts()[Emotion.SAD.ordinal()]).containsExactly(1, 0, 0, 0);
    assertThat(metrics.confusion().utterances()).isEqualTo(2);
    assertThat(metrics.calibration().expectedError()).isCloseTo(0, within(1e-6));
  }

  @Test
  void aProbabilityOfZeroHasAFiniteCost() {
    Metrics metrics = new Metrics();
    metrics.add(Emotion.NEUTRAL, new EmotionEstimate(new float[] {1, 0, 0, 0}));

    assertThat(metrics.negativeLogLikelihood()).isCloseTo(-Math.log(1e-9), within(1e-6));
  }
}

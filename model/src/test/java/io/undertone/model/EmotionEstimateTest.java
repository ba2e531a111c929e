package io.undertone.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EmotionEstimateTest {

  @Test
  void ofLogarithmsHasTheirProbabilities() {
    float[] logs = {ln(0.1), ln(0.2), ln(0.4), ln(0.3)};

    EmotionEstimate estimate = EmotionEstimate.ofLogProbabilities(logs);

    assertThat(estimate.toArray())
        .containsExactly(new float[] {0.1f, 0.2f, 0.4f, 0.3f}, Offset.offset(1e-6f));
    assertThat(estimate.emotion()).isEqualTo(Emotion.ANGRY);
  }

  @Test
  void refusesLogitsThatAreNoProbabilities() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmotionEstimate.ofLogProbabilities(new float[4]))
        .withMessageStartingWith("probabilities must add up to 1, but are [1.0,");
  }

  private static float ln(double probability) {
    return (float) Math.log(probability);
  }
}

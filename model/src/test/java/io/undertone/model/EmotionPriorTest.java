package io.undertone.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmotionPriorTest {
  private static final Offset<Double> TOLERANCE = within(1e-6);

  @Test
  void readsWhatItWrites() {
    assertThat(EmotionPrior.CALLS).hasToString("happy=0.1,sad=0.05,angry=0.1,neutral=0.75");
    assertThat(EmotionPrior.parse(EmotionPrior.CALLS.toString())).isEqualTo(EmotionPrior.CALLS);
  }

  @Test
  void readsEmotionsInAnyOrder() {
    assertThat(EmotionPrior.parse("neutral=0.75, angry=0.1, sad=0.05, happy=0.1"))
        .isEqualTo(EmotionPrior.CALLS);
  }

  @Test
  void scalesTheValuesToTheSumOne() {
    EmotionPrior prior = EmotionPrior.parse("happy=0.2502,sad=0.2502,angry=0.25,neutral=0.25");

    assertThat(prior.happy()).isEqualTo(0.2502 / 1.0004, TOLERANCE);
    assertThat(prior.neutral()).isEqualTo(0.25 / 1.0004, TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "calm                                   | prior must name each emotion once, as in",
        "happy=0.5,sad=0.5                      | but is 'happy=0.5,sad=0.5'",
        "happy=0.5,sad=0.5,happy=0.5            | prior must name each emotion once",
        "happy=0.1,sad=0.1,angry=0.1,calm=0.7   | prior must name each emotion once",
        "happy=0.1,sad=0.1,angry=0.1,neutral=0.7,calm=0.1 | prior must name each emotion once",
        "happy=0.1,sad=much,angry=0.1,neutral=1 | prior must consist of numbers, but has 'much'",
        "happy=0.5,sad=0,angry=0.25,neutral=0.25 | prior of sad must be above 0, but is 0.0",
        "happy=0.1,sad=NaN,angry=0.1,neutral=1  | prior of sad must be above 0, but is NaN",
        "happy=0.1,sad=0.1,angry=0.1,neutral=0.5 | prior must add up to 1, but adds up to 0.8"
      })
  void namesWhatIsWrong(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmotionPrior.parse(text))
        .withMessageContaining(message);
  }

  @Test
  void appliesByBayesRule() {
    EmotionEstimate estimate = new EmotionEstimate(new float[] {0.5f, 0.1f, 0.3f, 0.1f});

    float[] applied = EmotionPrior.CALLS.apply(estimate).toArray();

    assertThat(applied)
        .containsExactly(
            new float[] {0.05f / 0.16f, 0.005f / 0.16f, 0.03f / 0.16f, 0.075f / 0.16f},
            within(1e-6f));
    assertThat(EmotionPrior.UNIFORM.apply(estimate)).isEqualTo(estimate);
  }

  @Test
  void ratiosCompareTwoPriors() {
    assertThat(EmotionPrior.CALLS.ratiosTo(EmotionPrior.UNIFORM))
        .containsExactly(new double[] {0.4, 0.2, 0.4, 3}, TOLERANCE);
  }
}

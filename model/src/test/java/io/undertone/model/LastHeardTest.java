package io.undertone.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastHeardTest {

  private static final EmotionEstimate HAPPY = new EmotionEstimate(new float[] {1, 0, 0, 0});
  private static final EmotionEstimate SAD = new EmotionEstimate(new float[] {0, 1, 0, 0});
  private static final EmotionEstimate ANGRY = new EmotionEstimate(new float[] {0, 0, 1, 0});

  private final LastHeard<String> last = new LastHeard<>();

  @Test
  void nobodyIsToldOfThemselves() {
    last.heard("caller", HAPPY);

    assertThat(last.besides("caller")).isEmpty();
    assertThat(last.besides("agent")).contains(HAPPY);
  }

  @Test
  void ofManySidesTheOneThatSpokeLastIsTold() {
    last.heard("caller", HAPPY);
    last.heard("agent", SAD);
    last.heard("caller", ANGRY);

    assertThat(last.besides("supervisor")).contains(ANGRY);
    assertThat(last.besides("caller")).contains(SAD);
  }
}

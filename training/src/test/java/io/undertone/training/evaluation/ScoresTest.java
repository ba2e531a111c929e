package io.undertone.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.model.Emotion;
import org.junit.jupiter.api.Test;

class ScoresTest {

  @Test
  void countsAsThePapersDo() {
    Scores scores = new Scores();
    scores.add(Emotion.HAPPY, Emotion.HAPPY);
    scores.add(Emotion.HAPPY, Emotion.SAD);
    scores.add(Emotion.HAPPY, Emotion.HAPPY);
    scores.add(Emotion.SAD, Emotion.SAD);

    assertThat(scores.weightedAccuracy()).isCloseTo(3 / 4.0, within(1e-9));
    assertThat(scores.unweightedAccuracy()).isCloseTo((2 / 3.0 + 1) / 2, within(1e-9));
    double happyF1 = 2.0 * 2 / (3 + 2);
    double sadF1 = 2.0 * 1 / (1 + 2);
    assertThat(scores.weightedF1()).isCloseTo((3 * happyF1 + 1 * sadF1) / 4, within(1e-9));
  }
}

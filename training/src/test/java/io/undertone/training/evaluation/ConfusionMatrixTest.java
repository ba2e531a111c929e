package io.undertone.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.model.Emotion;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

  @Test
  void computesTheAccuraciesOfThePapers() {
    ConfusionMatrix confusion = new ConfusionMatrix();
    confusion.add(Emotion.HAPPY, Emotion.HAPPY);
    confusion.add(Emotion.HAPPY, Emotion.SAD);
    confusion.add(Emotion.HAPPY, Emotion.HAPPY);
    confusion.add(Emotion.SAD, Emotion.SAD);

    assertThat(confusion.weightedAccuracy()).isCloseTo(3 / 4.0, within(1e-9));
    assertThat(confusion.unweightedAccuracy()).isCloseTo((2 / 3.0 + 1) / 2, within(1e-9));
    double happyF1 = 2.0 * 2 / (3 + 2);
    double sadF1 = 2.0 * 1 / (1 + 2);
    assertThat(confusion.weightedF1()).isCloseTo((3 * happyF1 + 1 * sadF1) / 4, within(1e-9));
  }

  @Test
  void countsTheClassesThatOccur() {
    ConfusionMatrix confusion = new ConfusionMatrix();
    confusion.add(Emotion.HAPPY, Emotion.SAD);
    confusion.add(Emotion.ANGRY, Emotion.SAD);

    assertThat(confusion.labelledClasses()).isEqualTo(2);
    assertThat(confusion.estimatedClasses()).isEqualTo(1);
  }
}

package io.undertone.training.leaveout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemperatureTest {

  /** Estimates of 0.9 of which 7 in 10 are right: calibrated, they are 0.7. */
  private static LeftOutCorpus overconfident(String corpus) {
    List<ClipEstimate> clips = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Emotion label = Emotion.values()[i % 10 < 7 ? 2 : i % 10 == 9 ? 3 : i % 10 - 7];
      EmotionEstimate angry = new EmotionEstimate(new float[] {0.1f / 3, 0.1f / 3, 0.9f, 0.1f / 3});
      clips.add(
          new ClipEstimate(
              new Clip(
                  i + ".wav",
                  corpus,
                  corpus + "/" + i % 3,
                  label.longName(),
                  Optional.of(label),
                  Optional.empty(),
                  Split.TRAIN),
              angry,
              angry));
    }
    EmotionEstimate calm = new EmotionEstimate(new float[] {0.1f, 0.1f, 0.1f, 0.7f});
    return new LeftOutCorpus(corpus, clips, List.of(calm, calm, clips.get(0).recorded(), calm));
  }

  @Test
  void makesEstimatesAsCertainAsTheyAreRight() {
    Temperature temperature = Temperature.of(List.of(overconfident("one"), overconfident("two")));

    EmotionEstimate calibrated =
        temperature.of(new EmotionEstimate(new float[] {0.1f / 3, 0.1f / 3, 0.9f, 0.1f / 3}));

    assertThat(temperature.value()).isGreaterThan(1);
    assertThat(calibrated.probability(Emotion.ANGRY)).isCloseTo(0.7f, within(0.005f));
  }

  @Test
  void theReportMeasuresEachCorpusAtTheTemperatureOfTheOthers() {
    LeftOutReport report = LeftOutReport.of(List.of(overconfident("one"), overconfident("two")));

    LeftOutResult one = report.corpora().get(0);
    assertThat(one.corpus()).isEqualTo("one");
    assertThat(one.temperature().value()).isCloseTo(report.temperature().value(), within(1e-3));
    assertThat(one.recorded().confusion().unweightedAccuracy()).isEqualTo(0.25);
    assertThat(one.recorded().calibration().expectedError()).isCloseTo(0.2, within(1e-6));
    assertThat(one.calibrated().calibration().expectedError()).isLessThan(0.01);
    assertThat(one.confident().covered()).isZero();
    assertThat(one.everyday()).isEqualTo(new EverydayShares(4, 0.75, 0.25));
  }

  @Test
  void confidentSharesOfCorporaArePooledEqually() {
    Confident pooled =
        Confident.pooled(
            List.of(new Confident(0.1, 1), new Confident(0.3, 0.5), new Confident(0, Double.NaN)));

    assertThat(pooled.covered()).isCloseTo(0.4 / 3, within(1e-9));
    assertThat(pooled.right()).isCloseTo(0.25 / 0.4, within(1e-9));
  }
}

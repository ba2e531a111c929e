package io.undertone.training.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LabelTargetsTest {

  private static final EmotionEstimate MOSTLY_NEUTRAL =
      new EmotionEstimate(new float[] {0.1f, 0.06f, 0.1f, 0.74f});

  @Test
  void thePriorOfLabelsThatCountEquallyIsUniform() {
    List<Clip> clips = labelled();

    assertThat(LabelTargets.of(clips).logPrior(clips)).containsExactly(new float[4], within(1e-6f));
  }

  @Test
  void everydaySpeechMakesNeutralMoreProbable() {
    List<Clip> clips = labelled();
    clips.add(everyday());

    float[] expected = new float[4];
    for (Emotion emotion : Emotion.values()) {
      double prior = 0.8 / 4 + 0.2 * MOSTLY_NEUTRAL.probability(emotion);
      expected[emotion.ordinal()] = (float) Math.log(4 * prior);
    }
    assertThat(LabelTargets.of(clips).logPrior(clips)).containsExactly(expected, within(1e-6f));
  }

  /** More clips of some emotions than of others. */
  private static List<Clip> labelled() {
    List<Clip> clips = new ArrayList<>();
    Arrays.stream(Emotion.values())
        .forEach(
            emotion -> {
              for (int i = 0; i <= emotion.ordinal(); i++) {
                clips.add(
                    new Clip(
                        emotion + "-" + i,
                        "acted",
                        "acted/1",
                        emotion.longName(),
                        Optional.of(emotion),
                        Optional.empty(),
                        Split.TRAIN));
              }
            });
    return clips;
  }

  private static Clip everyday() {
    return new Clip(
        "call.wav",
        Optional.empty(),
        "everyday",
        "everyday/call",
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.of(MOSTLY_NEUTRAL),
        Split.TRAIN);
  }
}

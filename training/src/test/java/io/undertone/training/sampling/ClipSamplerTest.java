package io.undertone.training.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Split;
import io.undertone.training.features.ClipVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ClipSamplerTest {

  private static final EmotionEstimate MOSTLY_NEUTRAL =
      new EmotionEstimate(new float[] {0.1f, 0.06f, 0.1f, 0.74f});

  /** The large corpus has nine times the clips of the small one, most of them angry. */
  private static List<Clip> clips() {
    List<Clip> clips = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      clips.add(labelled("large", i, i < 80 ? Emotion.ANGRY : Emotion.SAD));
    }
    for (int i = 0; i < 10; i++) {
      clips.add(labelled("small", i, i < 5 ? Emotion.ANGRY : Emotion.SAD));
    }
    for (int i = 0; i < 7; i++) {
      clips.add(
          new Clip(
              i + ".wav",
              Optional.empty(),
              "everyday",
              "everyday/" + i,
              "",
              "",
              Optional.empty(),
              Optional.empty(),
              Optional.of(MOSTLY_NEUTRAL),
              Split.TRAIN));
    }
    return clips;
  }

  private static Clip labelled(String corpus, int number, Emotion emotion) {
    return new Clip(
        number + ".wav",
        corpus,
        corpus + "/1",
        emotion.longName(),
        Optional.of(emotion),
        Optional.empty(),
        Split.TRAIN);
  }

  @Test
  void corporaCountByTheRootOfTheirSizeAndLabelsEqually() {
    Map<Clip, Double> shares = ClipShares.of(clips());

    assertThat(sum(shares, clip -> true)).isCloseTo(1, within(1e-9));
    assertThat(sum(shares, clip -> clip.weak().isPresent())).isCloseTo(0.2, within(1e-9));
    assertThat(sum(shares, clip -> clip.corpus().equals("large"))).isCloseTo(0.6, within(1e-9));
    assertThat(sum(shares, clip -> clip.corpus().equals("large") && clip.label().equals("sad")))
        .isCloseTo(0.3, within(1e-9));
    assertThat(sum(shares, clip -> clip.corpus().equals("small") && clip.label().equals("sad")))
        .isCloseTo(0.1, within(1e-9));
  }

  private static double sum(Map<Clip, Double> shares, Predicate<Clip> counted) {
    return shares.entrySet().stream()
        .filter(clip -> counted.test(clip.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  @Test
  void drawsTheStatedSharesHalfOfThemOverTheTelephone() {
    ClipSampler sampler = new ClipSampler(clips());
    Random random = new Random(1);
    int draws = 40_000;
    int large = 0;
    int everyday = 0;
    int telephone = 0;
    for (int i = 0; i < draws; i++) {
      DrawnClip drawn = sampler.draw(random);
      large += drawn.clip().corpus().equals("large") ? 1 : 0;
      everyday += drawn.clip().weak().isPresent() ? 1 : 0;
      telephone += drawn.version() == ClipVersion.RECORDED ? 0 : 1;
    }

    assertThat((double) large / draws).isCloseTo(0.6, within(0.01));
    assertThat((double) everyday / draws).isCloseTo(0.2, within(0.01));
    assertThat((double) telephone / draws).isCloseTo(0.5, within(0.01));
  }

  @Test
  void batchesHaveTheirSizeAndClipsOfSimilarLength() {
    ClipSampler sampler = new ClipSampler(clips());

    List<List<DrawnClip>> batches = sampler.batches(11, 4, drawn -> length(drawn), new Random(2));

    assertThat(batches).hasSize(11).allMatch(batch -> batch.size() == 4);
    assertThat(batches.subList(0, 8))
        .filteredOn(
            batch -> batch.stream().mapToInt(ClipSamplerTest::length).distinct().count() == 1)
        .hasSizeGreaterThanOrEqualTo(5);
  }

  /** Short or long. */
  private static int length(DrawnClip drawn) {
    return drawn.clip().corpus().equals("large") ? 1000 : 10;
  }

  @Test
  void aClipWithoutALabelIsNoneOfTheOtherLabels() {
    LabelTargets targets = new LabelTargets(List.of("hap", "sad", "ang", "neu", "fear"));
    List<Clip> clips = clips();

    assertThat(targets.of(clips.get(clips.size() - 1)))
        .containsExactly(0.1f, 0.06f, 0.1f, 0.74f, 0);
    assertThat(targets.of(clips.get(0)))
        .containsExactly(new float[] {0.02f, 0.02f, 0.92f, 0.02f, 0.02f}, within(1e-6f));
  }

  @Test
  void unequalSharesCountForFewerClips() {
    List<Clip> balanced = new ArrayList<>();
    List<Clip> unbalanced = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      balanced.add(labelled("one", i, i < 5 ? Emotion.ANGRY : Emotion.SAD));
      unbalanced.add(labelled("one", i, i < 9 ? Emotion.ANGRY : Emotion.SAD));
    }

    assertThat(ClipShares.effectiveClips(balanced)).isCloseTo(10, within(1e-9));
    // 1 / (9 (1/18)² + (1/2)²)
    assertThat(ClipShares.effectiveClips(unbalanced)).isCloseTo(3.6, within(1e-9));
  }
}

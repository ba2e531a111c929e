package io.undertone.training.finetuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final EmotionEstimate HAPPY =
      new EmotionEstimate(new float[] {0.7f, 0.1f, 0.1f, 0.1f});
  private static final EmotionEstimate SAD =
      new EmotionEstimate(new float[] {0.1f, 0.7f, 0.1f, 0.1f});

  @Test
  void comparesTheSameClipsBeforeAndAfter() {
    List<Comparison.ComparedClip> clips = new ArrayList<>();
    for (int speaker = 0; speaker < 5; speaker++) {
      clips.add(clip(speaker, 0, Emotion.HAPPY, HAPPY, HAPPY));
      clips.add(clip(speaker, 1, Emotion.SAD, HAPPY, SAD));
    }

    Comparison comparison = new Comparison(clips);

    assertThat(comparison.accuracy().before()).isEqualTo(0.5);
    assertThat(comparison.accuracy().after()).isEqualTo(1);
    assertThat(comparison.accuracy().value()).isEqualTo(0.5);
    assertThat(comparison.accuracy().interval().low()).isEqualTo(0.5);
    assertThat(comparison.accuracy().interval().high()).isEqualTo(0.5);
    assertThat(comparison.negativeLogLikelihood().before())
        .isCloseTo(-(Math.log(0.7) + Math.log(0.1)) / 2, within(1e-6));
    assertThat(comparison.negativeLogLikelihood().after()).isCloseTo(-Math.log(0.7), within(1e-6));
    assertThat(comparison.calibrationError().after()).isCloseTo(0.3, within(1e-6));
  }

  /** All of the gain comes from one of five speakers. */
  @Test
  void intervalsAreBySpeakersIfThereAreFive() {
    Comparison comparison = new Comparison(gainOfOneSpeaker(5));

    assertThat(comparison.bySpeakers()).isTrue();
    assertThat(comparison.accuracy().value()).isCloseTo(0.2, within(1e-9));
    assertThat(comparison.accuracy().interval().low()).isZero();
  }

  @Test
  void intervalsOfFewerSpeakersAreByClips() {
    Comparison comparison = new Comparison(gainOfOneSpeaker(4));

    assertThat(comparison.bySpeakers()).isFalse();
    assertThat(comparison.accuracy().value()).isCloseTo(0.25, within(1e-9));
    assertThat(comparison.accuracy().interval().low()).isBetween(0.1, 0.25);
  }

  @Test
  void nothingCanBeComparedWithoutClips() {
    assertThatThrownBy(() -> new Comparison(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("clips must be at least 1, but are 0");
  }

  private static List<Comparison.ComparedClip> gainOfOneSpeaker(int speakers) {
    List<Comparison.ComparedClip> clips = new ArrayList<>();
    for (int speaker = 0; speaker < speakers; speaker++) {
      for (int i = 0; i < 20; i++) {
        clips.add(clip(speaker, i, Emotion.HAPPY, SAD, speaker == 0 ? HAPPY : SAD));
      }
    }
    return clips;
  }

  private static Comparison.ComparedClip clip(
      int speaker, int number, Emotion emotion, EmotionEstimate before, EmotionEstimate after) {
    Clip clip =
        new Clip(
            speaker + "-" + number + ".wav",
            "one",
            "one/" + speaker,
            emotion.longName(),
            Optional.of(emotion),
            Optional.empty(),
            Split.DEV);
    return new Comparison.ComparedClip(clip, before, after);
  }
}

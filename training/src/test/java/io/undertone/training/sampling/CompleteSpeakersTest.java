package io.undertone.training.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.Emotion;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompleteSpeakersTest {

  @Test
  void speakersAreCompleteWithAllFourEmotions() {
    List<Clip> clips = new ArrayList<>();
    for (Emotion emotion : Emotion.values()) {
      clips.add(clip("a", emotion));
      if (emotion != Emotion.SAD) {
        clips.add(clip("b", emotion));
      }
    }

    assertThat(CompleteSpeakers.of(clips, Clip::speaker, Clip::emotion)).containsExactly("a");
  }

  private static Clip clip(String speaker, Emotion emotion) {
    return new Clip(
        speaker + emotion + ".wav",
        "one",
        speaker,
        emotion.longName(),
        Optional.of(emotion),
        Optional.empty(),
        Split.TRAIN);
  }
}

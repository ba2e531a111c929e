package io.undertone.training.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.Emotion;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import io.undertone.training.TrainingException;
import io.undertone.training.tokenizer.ClipVariant;
import io.undertone.training.tokenizer.TokenizedClip;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DialogueSamplerTest {

  @Test
  void emotionsOfASpeakerPersist() {
    DialogueSampler sampler =
        new DialogueSampler(clips("one/a", "one/b"), EmotionDynamics.persistent());
    Random random = new Random(1);
    int same = 0;
    int all = 0;
    for (int dialogue = 0; dialogue < 50; dialogue++) {
      List<Emotion> emotions =
          clips(sampler.draw(200, random)).stream()
              .map(clip -> clip.emotion().orElseThrow())
              .toList();
      for (int i = 1; i < emotions.size(); i++) {
        same += emotions.get(i) == emotions.get(i - 1) ? 1 : 0;
        all++;
      }
    }
    assertThat((double) same / all).isBetween(0.68, 0.82);
  }

  @Test
  void drawsEnoughTokensOfOneSpeaker() {
    DialogueSampler sampler =
        new DialogueSampler(clips("one/a", "one/b", "two/c"), EmotionDynamics.persistent());
    Random random = new Random(2);
    Set<String> speakers = new HashSet<>();
    for (int dialogue = 0; dialogue < 50; dialogue++) {
      List<TokenizedClip> drawn = clips(sampler.draw(100, random));
      assertThat(drawn.stream().mapToInt(clip -> clip.recorded().codes().length + 1).sum())
          .isGreaterThanOrEqualTo(100);
      assertThat(drawn.stream().map(TokenizedClip::speaker).distinct()).hasSize(1);
      speakers.add(drawn.get(0).speaker());
    }
    assertThat(speakers).containsExactlyInAnyOrder("one/a", "one/b", "two/c");
  }

  @Test
  void someUtterancesHaveOtherLabels() {
    List<TokenizedClip> clips = clips("one/a");
    clips.add(new TokenizedClip("one/a", Optional.empty(), List.of(variant(9))));
    DialogueSampler sampler = new DialogueSampler(clips, EmotionDynamics.persistent());

    List<TokenizedClip> drawn = clips(sampler.draw(4000, new Random(4)));

    double others = drawn.stream().filter(clip -> clip.emotion().isEmpty()).count();
    assertThat(others / drawn.size()).isBetween(0.15, 0.25);
  }

  @Test
  void givesTheOtherSidesLastUtterance() {
    DialogueSampler sampler =
        new DialogueSampler(clips("one/a", "two/b"), EmotionDynamics.persistent());

    List<SimulatedUtterance> drawn = sampler.draw(400, new Random(5));

    assertThat(drawn.get(0).otherSide()).isEmpty();
    assertThat(drawn.get(drawn.size() - 1).otherSide()).isPresent();
    assertThat(drawn.stream().flatMap(utterance -> utterance.otherSide().stream()))
        .extracting(TokenizedClip::speaker)
        .containsOnly(drawn.get(drawn.size() - 1).otherSide().orElseThrow().speaker());
  }

  @Test
  void requiresASpeakerWithAllEmotions() {
    List<TokenizedClip> clips =
        clips("one/a").stream()
            .filter(clip -> !clip.emotion().equals(Optional.of(Emotion.SAD)))
            .toList();

    assertThatThrownBy(() -> new DialogueSampler(clips, EmotionDynamics.persistent()))
        .isInstanceOf(TrainingException.class)
        .hasMessage("no speaker has clips of all four emotions: [one/a]");
  }

  private static List<TokenizedClip> clips(List<SimulatedUtterance> dialogue) {
    return dialogue.stream().map(SimulatedUtterance::clip).toList();
  }

  private static List<TokenizedClip> clips(String... speakers) {
    List<TokenizedClip> clips = new ArrayList<>();
    for (String speaker : speakers) {
      for (Emotion emotion : Emotion.values()) {
        for (int clip = 0; clip < 3; clip++) {
          clips.add(
              new TokenizedClip(speaker, Optional.of(emotion), List.of(variant(1, 2, 3, clip))));
        }
      }
    }
    return clips;
  }

  private static ClipVariant variant(int... codes) {
    return new ClipVariant(codes, UtteranceCues.NONE, new float[] {0.2f, 0.2f, 0.2f, 0.2f, 0.2f});
  }
}

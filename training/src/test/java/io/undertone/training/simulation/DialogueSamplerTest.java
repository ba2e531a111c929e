package io.undertone.training.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.Emotion;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import io.undertone.training.TrainingException;
import io.undertone.training.tokenizer.Take;
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
  void emotionsOfASpeakerLast() {
    DialogueSampler sampler =
        new DialogueSampler(clips("one/a", "one/b"), EmotionDynamics.sluggish());
    Random random = new Random(1);
    int same = 0;
    int all = 0;
    for (int dialogue = 0; dialogue < 50; dialogue++) {
      List<Emotion> felt =
          sampler.draw(200, random).stream().map(clip -> clip.emotion().orElseThrow()).toList();
      for (int i = 1; i < felt.size(); i++) {
        same += felt.get(i) == felt.get(i - 1) ? 1 : 0;
        all++;
      }
    }
    assertThat((double) same / all).isBetween(0.68, 0.82);
  }

  @Test
  void drawsEnoughTokensOfOneSpeaker() {
    DialogueSampler sampler =
        new DialogueSampler(clips("one/a", "one/b", "two/c"), EmotionDynamics.sluggish());
    Random random = new Random(2);
    Set<String> heard = new HashSet<>();
    for (int dialogue = 0; dialogue < 50; dialogue++) {
      List<TokenizedClip> drawn = sampler.draw(100, random);
      assertThat(drawn.stream().mapToInt(clip -> clip.takes().get(0).codes().length + 1).sum())
          .isGreaterThanOrEqualTo(100);
      assertThat(drawn.stream().map(TokenizedClip::speaker).distinct()).hasSize(1);
      heard.add(drawn.get(0).speaker());
    }
    assertThat(heard).containsExactlyInAnyOrder("one/a", "one/b", "two/c");
  }

  @Test
  void someUtterancesAreOfNoneOfTheClasses() {
    List<TokenizedClip> clips = clips("one/a");
    clips.add(new TokenizedClip("one/a", Optional.empty(), List.of(take(9))));
    DialogueSampler sampler = new DialogueSampler(clips, EmotionDynamics.sluggish());

    List<TokenizedClip> drawn = sampler.draw(4000, new Random(4));

    double others = drawn.stream().filter(clip -> clip.emotion().isEmpty()).count();
    assertThat(others / drawn.size()).isBetween(0.15, 0.25);
  }

  @Test
  void tellsWhatIsAnswered() {
    DialogueSampler sampler =
        new DialogueSampler(clips("one/a", "two/b"), EmotionDynamics.sluggish());

    List<DialogueSampler.Said> drawn = sampler.drawAnswers(400, new Random(5));

    assertThat(drawn.get(0).answered()).isEmpty();
    assertThat(drawn.get(drawn.size() - 1).answered()).isPresent();
    assertThat(drawn.stream().flatMap(said -> said.answered().stream()))
        .extracting(TokenizedClip::speaker)
        .containsOnly(drawn.get(drawn.size() - 1).answered().orElseThrow().speaker());
  }

  @Test
  void needsASpeakerOfAllEmotions() {
    List<TokenizedClip> clips =
        clips("one/a").stream()
            .filter(clip -> !clip.emotion().equals(Optional.of(Emotion.SAD)))
            .toList();

    assertThatThrownBy(() -> new DialogueSampler(clips, EmotionDynamics.sluggish()))
        .isInstanceOf(TrainingException.class)
        .hasMessage("a speaker must have clips of all four emotions, but none of [one/a] has");
  }

  private static List<TokenizedClip> clips(String... speakers) {
    List<TokenizedClip> clips = new ArrayList<>();
    for (String speaker : speakers) {
      for (Emotion emotion : Emotion.values()) {
        for (int take = 0; take < 3; take++) {
          clips.add(new TokenizedClip(speaker, Optional.of(emotion), List.of(take(1, 2, 3, take))));
        }
      }
    }
    return clips;
  }

  private static Take take(int... codes) {
    return new Take(codes, UtteranceCues.NONE, new float[] {0.2f, 0.2f, 0.2f, 0.2f, 0.2f});
  }
}

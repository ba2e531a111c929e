package io.undertone.training.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.Emotion;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import io.undertone.training.tokenizer.ClipVariant;
import io.undertone.training.tokenizer.TokenizedClip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingSequenceTest {
  private static final int CODES = 10;
  private static final Vocabulary VOCABULARY =
      new Vocabulary(CODES, 10, 15, 16, List.of(11, 12, 13, 14));
  private static final float[] TARGET = {1, 0, 0, 0};

  @Test
  void hasTargetsAtEachUtteranceEndAndWithinUtterances() {
    TrainingSequence sequence = sequence(dialogue(3), 1000, new Random(1));

    assertThat(sequence.ids()).hasSize(1 + 3 * (40 + 1));
    assertThat(sequence.ids()[0]).isEqualTo(VOCABULARY.bos());
    assertThat(sequence.utteranceEnds())
        .hasSize(3)
        .allSatisfy(
            end -> {
              assertThat(sequence.ids()[end.position()]).isEqualTo(VOCABULARY.audioEnd());
              assertThat(end.utterance().target()).isEqualTo(TARGET);
            });
    assertThat(sequence.withinUtterances())
        .hasSizeGreaterThan(15)
        .allSatisfy(target -> assertThat(sequence.ids()[target.position()]).isLessThan(CODES));
  }

  @Test
  void targetsOfACutSequenceStayAligned() {
    Random random = new Random(2);
    for (int i = 0; i < 50; i++) {
      TrainingSequence sequence = sequence(dialogue(6), 100, random);

      assertThat(sequence.ids()).hasSize(100);
      assertThat(sequence.utteranceEnds())
          .allSatisfy(
              end -> assertThat(sequence.ids()[end.position()]).isEqualTo(VOCABULARY.audioEnd()));
    }
  }

  private static TrainingSequence sequence(
      List<TokenizedClip> dialogue, int length, Random random) {
    return TrainingSequence.of(dialogue, VOCABULARY, length, random);
  }

  /** Utterances of 40 codes. */
  private static List<TokenizedClip> dialogue(int utterances) {
    int[] codes = IntStream.range(0, 40).map(i -> i % CODES).toArray();
    List<TokenizedClip> dialogue = new ArrayList<>();
    for (int i = 0; i < utterances; i++) {
      dialogue.add(
          new TokenizedClip(
              "one/a",
              Optional.of(Emotion.HAPPY),
              List.of(new ClipVariant(codes, UtteranceCues.NONE, TARGET))));
    }
    return dialogue;
  }
}

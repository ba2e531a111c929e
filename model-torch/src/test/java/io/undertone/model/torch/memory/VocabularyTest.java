package io.undertone.model.torch.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  private static final List<Integer> EMOTIONS = List.of(111, 112, 113, 114);

  @Test
  void speechTokensMayFollowThoseOfText() {
    Vocabulary vocabulary = new Vocabulary(100, 10, 110, 1, 0, EMOTIONS);

    assertThat(vocabulary.utterance(new int[] {0, 9})).containsExactly(100, 109, 110);
    assertThat(vocabulary.isAudio(99)).isFalse();
    assertThat(vocabulary.isAudio(100)).isTrue();
    assertThat(vocabulary.isAudio(109)).isTrue();
    assertThat(vocabulary.isAudio(110)).isFalse();
    assertThat(vocabulary.size()).isEqualTo(115);
    assertThat(new Vocabulary(200, 10, 110, 1, 0, EMOTIONS).size()).isEqualTo(210);
  }

  @Test
  void refusesTokensOfTwoMeanings() {
    assertThatThrownBy(() -> new Vocabulary(100, 10, 109, 1, 0, EMOTIONS))
        .hasMessage("token audioEnd must not be one of the speech tokens 100 to 109, but is 109");
    assertThatThrownBy(() -> new Vocabulary(100, 10, 110, 0, 0, EMOTIONS))
        .hasMessage("tokens bos and pad must differ, but both are 0");
    assertThatThrownBy(() -> new Vocabulary(100, 10, 110, 1, 0, List.of(111)))
        .hasMessage("emotion tokens must be 4, but are 1");
  }
}

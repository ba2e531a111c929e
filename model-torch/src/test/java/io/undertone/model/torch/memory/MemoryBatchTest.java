package io.undertone.model.torch.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.undertone.model.MemorySnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBatchTest {
  private static final int[] TOKENS = {3, 4};

  @Test
  void refusesAMemoryOfAnotherKind() {
    List<TokenizedUtterance> utterances = List.of(TokenizedUtterance.ofTokens(TOKENS));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MemoryBatch.of(One.class, List.of(new Other()), utterances))
        .withMessage("memory must be a One, but is Other[]");
  }

  @Test
  void refusesOtherThanOneUtterancePerMemory() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MemoryBatch.of(One.class, List.of(one(1)), List.of()))
        .withMessage("memories must be as many as utterances and at least 1, but are 1 and 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MemoryBatch.of(One.class, List.of(), List.of()));
  }

  @Test
  void historiesEndWithTheUtterances() {
    TokenizedUtterance utterance = TokenizedUtterance.ofTokens(TOKENS);
    MemoryBatch<One> batch =
        MemoryBatch.of(One.class, List.of(one(1, 2), one(9)), List.of(utterance, utterance));

    assertThat(batch.histories(3))
        .containsExactly(TokenHistory.of(2, 3, 4), TokenHistory.of(9, 3, 4));
    assertThat(batch.rows(List.of(1)).memories()).containsExactly(batch.memories().get(1));
  }

  private static One one(int... history) {
    return new One(TokenHistory.of(history));
  }

  private record One(TokenHistory history) implements LiveMemory {

    @Override
    public int updateStep() {
      return 0;
    }

    @Override
    public MemorySnapshot snapshot(String modelFingerprint) {
      return new MemorySnapshot(modelFingerprint, 0, 0, history.tokens(), List.of());
    }

    @Override
    public void close() {}
  }

  private record Other() implements LiveMemory {

    @Override
    public int updateStep() {
      return 0;
    }

    @Override
    public TokenHistory history() {
      return TokenHistory.of();
    }

    @Override
    public MemorySnapshot snapshot(String modelFingerprint) {
      return new MemorySnapshot(modelFingerprint, 0, 0, new int[0], List.of());
    }

    @Override
    public void close() {}
  }
}

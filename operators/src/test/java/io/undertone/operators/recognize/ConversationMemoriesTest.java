package io.undertone.operators.recognize;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.Pcm;
import io.undertone.model.FakeEmotionModel;
import io.undertone.model.LoraMemory;
import io.undertone.model.RecognitionRequest;
import io.undertone.operators.Conversation;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationMemoriesTest {
  private static final Conversation CALL = new Conversation("acme", "call-1");

  private final FakeEmotionModel model = new FakeEmotionModel("1");
  private final Counter resets = new SimpleCounter();
  private final OneValue state = new OneValue();
  private final ConversationMemories memories = new ConversationMemories(state, model, resets);

  @Test
  void givesBackWhatWasSaved() throws IOException {
    learn();

    try (LoraMemory memory = memories.load(CALL)) {
      assertThat(memory.updateStep()).isEqualTo(1);
    }
    assertThat(resets.getCount()).isZero();
    assertThat(model.openMemories()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 5, 30, -1})
  void neverAppliesAMemoryThatIsDamaged(int at) throws IOException {
    learn();
    byte[] saved = state.saved();
    saved[at < 0 ? saved.length + at : at] ^= 1;

    try (LoraMemory memory = memories.load(CALL)) {
      assertThat(memory.updateStep()).isZero();
    }
    assertThat(resets.getCount()).isEqualTo(1);
  }

  @Test
  void neverAppliesTheMemoryOfAnotherModel() throws IOException {
    learn();
    FakeEmotionModel other = new FakeEmotionModel("2");

    try (LoraMemory memory = new ConversationMemories(state, other, resets).load(CALL)) {
      assertThat(memory.updateStep()).isZero();
    }
    assertThat(resets.getCount()).isEqualTo(1);
  }

  @Test
  void beginsAnewAfterErasure() throws IOException {
    learn();
    memories.erase();

    try (LoraMemory memory = memories.load(CALL)) {
      assertThat(memory.updateStep()).isZero();
    }
    assertThat(resets.getCount()).isZero();
  }

  private void learn() throws IOException {
    try (LoraMemory memory = memories.load(CALL)) {
      Pcm pcm = new Pcm(new float[8000], FakeEmotionModel.SAMPLE_RATE_HZ);
      model.recognize(List.of(new RecognitionRequest(pcm, memory)));
      memories.save(memory);
    }
  }

  /** The state of one key. */
  private static final class OneValue implements ValueState<byte[]> {
    private byte @Nullable [] value;

    byte[] saved() {
      if (value == null) {
        throw new AssertionError("nothing was saved");
      }
      return value;
    }

    @Override
    public byte @Nullable [] value() {
      return value;
    }

    @Override
    public void update(byte @Nullable [] newValue) {
      value = newValue;
    }

    @Override
    public void clear() {
      value = null;
    }
  }
}

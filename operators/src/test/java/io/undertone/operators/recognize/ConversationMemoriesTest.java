package io.undertone.operators.recognize;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.Pcm;
import io.undertone.model.ChannelMemory;
import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.FakeEmotionModel;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.RecognitionRequest;
import io.undertone.operators.Conversation;
import io.undertone.operators.testing.InMemoryMapState;
import java.util.List;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationMemoriesTest {
  private static final Conversation CALL = new Conversation("acme", "call-1");
  private static final int CHANNEL = 1;

  private final FakeEmotionModel model = new FakeEmotionModel("1");
  private final Counter resets = new SimpleCounter();
  private final InMemoryMapState<Integer, byte[]> state = new InMemoryMapState<>();
  private final LastEstimates lastEstimates = new LastEstimates(new InMemoryMapState<>());
  private final ConversationMemories memories =
      new ConversationMemories(state, lastEstimates, model, MemoryEncoding.EXACT, resets);

  @Test
  void givesBackWhatWasSaved() throws Exception {
    learn();

    try (ChannelMemory memory = memories.load(CALL, CHANNEL)) {
      assertThat(memory.updateStep()).isEqualTo(1);
    }
    assertThat(resets.getCount()).isZero();
    assertThat(model.openMemories()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 5, 30, -1})
  void neverAppliesAMemoryThatIsDamaged(int at) throws Exception {
    learn();
    byte[] saved = Objects.requireNonNull(state.get(CHANNEL));
    saved[at < 0 ? saved.length + at : at] ^= 1;

    try (ChannelMemory memory = memories.load(CALL, CHANNEL)) {
      assertThat(memory.updateStep()).isZero();
    }
    assertThat(resets.getCount()).isEqualTo(1);
  }

  @Test
  void neverAppliesTheMemoryOfAnotherModel() throws Exception {
    learn();
    FakeEmotionModel other = new FakeEmotionModel("2");

    try (ChannelMemory memory =
        new ConversationMemories(state, lastEstimates, other, MemoryEncoding.EXACT, resets)
            .load(CALL, CHANNEL)) {
      assertThat(memory.updateStep()).isZero();
    }
    assertThat(resets.getCount()).isEqualTo(1);
  }

  @Test
  void channelsHaveMemoriesOfTheirOwn() throws Exception {
    learn();

    try (ChannelMemory memory = memories.load(CALL, 0)) {
      assertThat(memory.updateStep()).isZero();
    }
    assertThat(resets.getCount()).isZero();
  }

  @Test
  void ofTheOtherSidesWhoSpokeLastIsToldUntilTheyAreErased() throws Exception {
    lastEstimates.put(0, 2_000, new EmotionEstimate(new float[] {1, 0, 0, 0}));
    lastEstimates.put(1, 4_000, new EmotionEstimate(new float[] {0, 1, 0, 0}));
    lastEstimates.put(2, 3_000, new EmotionEstimate(new float[] {0, 0, 1, 0}));

    assertThat(lastEstimates.besides(0).orElseThrow().emotion()).isEqualTo(Emotion.SAD);
    assertThat(lastEstimates.besides(1).orElseThrow().emotion()).isEqualTo(Emotion.ANGRY);
    memories.erase(1);
    assertThat(lastEstimates.besides(0).orElseThrow().emotion()).isEqualTo(Emotion.ANGRY);
    memories.eraseAll();
    assertThat(lastEstimates.besides(0)).isEmpty();
  }

  @Test
  void beginsAnewAfterErasure() throws Exception {
    learn();
    memories.eraseAll();

    try (ChannelMemory memory = memories.load(CALL, CHANNEL)) {
      assertThat(memory.updateStep()).isZero();
    }
    assertThat(resets.getCount()).isZero();
  }

  @Test
  void erasesOneChannelAlone() throws Exception {
    learn();
    memories.erase(0);
    try (ChannelMemory memory = memories.load(CALL, CHANNEL)) {
      assertThat(memory.updateStep()).isEqualTo(1);
    }
    memories.erase(CHANNEL);
    try (ChannelMemory memory = memories.load(CALL, CHANNEL)) {
      assertThat(memory.updateStep()).isZero();
    }
  }

  private void learn() throws Exception {
    try (ChannelMemory memory = memories.load(CALL, CHANNEL)) {
      Pcm pcm = new Pcm(new float[8000], FakeEmotionModel.SAMPLE_RATE_HZ);
      model.recognize(List.of(new RecognitionRequest(pcm, memory)));
      memories.save(CHANNEL, memory.snapshot());
    }
  }
}

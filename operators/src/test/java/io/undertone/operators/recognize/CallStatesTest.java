package io.undertone.operators.recognize;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.Pcm;
import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.FakeEmotionModel;
import io.undertone.model.MemoryCodec;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.call.LiveCall;
import io.undertone.operators.Conversation;
import io.undertone.operators.encryption.StateCipher;
import io.undertone.operators.encryption.StateKeySource;
import io.undertone.operators.testing.InMemoryMapState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallStatesTest {
  private static final Conversation CALL = new Conversation("acme", "call-1");
  private static final int CHANNEL = 1;
  private static final int OTHER_CHANNEL = 0;
  private static final long UPDATED_MS = 5_000;
  private static final EmotionEstimate ESTIMATE =
      new EmotionEstimate(new float[] {0.125f, 0.25f, 0.5f, 0.125f});

  /** The header of a channel's state with an estimate; the memory follows. */
  private static final int HEADER_BYTES = 35;

  private final FakeEmotionModel model = new FakeEmotionModel("1");
  private final Counter resets = new SimpleCounter();
  private final InMemoryMapState<Integer, byte[]> channels = new InMemoryMapState<>();
  private final InMemoryMapState<Integer, Long> updatedMs = new InMemoryMapState<>();
  private final InMemoryMapState<Integer, byte[]> formerMemories = new InMemoryMapState<>();
  private final InMemoryMapState<Integer, Tuple2<Long, float[]>> formerEstimates =
      new InMemoryMapState<>();
  private final StateCipher cipher = StateKeySource.none().open();
  private final CallStates states = states(model);

  private CallStates states(FakeEmotionModel ofModel) {
    return new CallStates(
        channels,
        updatedMs,
        new FormerCallStates(formerMemories, formerEstimates),
        cipher,
        ofModel,
        resets);
  }

  @Test
  void loadsWhatWasSaved() throws Exception {
    saveAnUpdate();

    try (LiveCall<ChannelMemory> call = states.load(CALL, new HashMap<>())) {
      assertThat(call.otherSide(OTHER_CHANNEL)).contains(ESTIMATE);
      assertThat(model.openMemories()).as("before the channel needs it").isZero();
      assertThat(call.memory(CHANNEL).updateStep()).isEqualTo(1);
    }
    assertThat(resets.getCount()).isZero();
    assertThat(model.openMemories()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 5, 30, HEADER_BYTES, HEADER_BYTES + 5, HEADER_BYTES + 30, -1})
  void discardsADamagedMemory(int at) throws Exception {
    saveAnUpdate();
    byte[] saved = Objects.requireNonNull(channels.get(CHANNEL));
    saved[at < 0 ? saved.length + at : at] ^= 1;

    assertThat(loadedUpdateStep(states)).isZero();
    assertThat(resets.getCount()).isEqualTo(1);
  }

  @Test
  void discardsTheMemoryOfAnotherModelAndKeepsTheEstimate() throws Exception {
    saveAnUpdate();

    try (LiveCall<ChannelMemory> call =
        states(new FakeEmotionModel("2")).load(CALL, new HashMap<>())) {
      assertThat(call.memory(CHANNEL).updateStep()).isZero();
      assertThat(call.otherSide(OTHER_CHANNEL)).contains(ESTIMATE);
    }
    assertThat(resets.getCount()).isEqualTo(1);
  }

  @Test
  void channelsHaveMemoriesOfTheirOwn() throws Exception {
    saveAnUpdate();

    try (LiveCall<ChannelMemory> call = states.load(CALL, new HashMap<>())) {
      assertThat(call.memory(OTHER_CHANNEL).updateStep()).isZero();
      assertThat(call.otherSide(CHANNEL)).isEmpty();
    }
    assertThat(resets.getCount()).isZero();
  }

  @Test
  void startsAnewAfterErasure() throws Exception {
    saveAnUpdate();
    states.eraseAll();

    assertThat(loadedUpdateStep(states)).isZero();
    assertThat(resets.getCount()).isZero();
  }

  @Test
  void erasesOneChannelAlone() throws Exception {
    saveAnUpdate();
    states.erase(OTHER_CHANNEL);
    assertThat(loadedUpdateStep(states)).isEqualTo(1);

    states.erase(CHANNEL);
    assertThat(loadedUpdateStep(states)).isZero();
  }

  @Test
  void erasesAChannelThatWasNotUpdatedSince() throws Exception {
    saveAnUpdate();
    states.eraseUntil(UPDATED_MS - 1);
    assertThat(loadedUpdateStep(states)).isEqualTo(1);
    assertThat(states.updatedMs()).containsOnly(Map.entry(CHANNEL, UPDATED_MS));

    states.eraseUntil(UPDATED_MS);
    assertThat(loadedUpdateStep(states)).isZero();
    assertThat(channels.isEmpty()).isTrue();
    assertThat(updatedMs.isEmpty()).isTrue();
  }

  @Test
  void aChannelOfASavepointWithoutTimesCountsFromTheStart() throws Exception {
    saveAnUpdate();
    updatedMs.clear();
    formerMemories.put(OTHER_CHANNEL, updatedMemory());

    states.eraseUntil(-1);
    assertThat(channels.isEmpty()).isFalse();
    assertThat(formerMemories.isEmpty()).isFalse();
    states.eraseUntil(0);
    assertThat(channels.isEmpty()).isTrue();
    assertThat(formerMemories.isEmpty()).isTrue();
  }

  @Test
  void movesFormerStateWhenACallIsLoaded() throws Exception {
    formerMemories.put(CHANNEL, updatedMemory());
    formerEstimates.put(CHANNEL, Tuple2.of(4_500L, ESTIMATE.toArray()));

    try (LiveCall<ChannelMemory> call = states.load(CALL, new HashMap<>())) {
      assertThat(call.memory(CHANNEL).updateStep()).isEqualTo(1);
      assertThat(call.otherSide(OTHER_CHANNEL)).contains(ESTIMATE);
    }
    assertThat(formerMemories.isEmpty()).isTrue();
    assertThat(formerEstimates.isEmpty()).isTrue();
    assertThat(loadedUpdateStep(states)).as("from the new state").isEqualTo(1);
    assertThat(resets.getCount()).isZero();
  }

  @Test
  void formerMemoriesNeedNoEstimate() throws Exception {
    formerMemories.put(CHANNEL, updatedMemory());

    try (LiveCall<ChannelMemory> call = states.load(CALL, new HashMap<>())) {
      assertThat(call.memory(CHANNEL).updateStep()).isEqualTo(1);
      assertThat(call.otherSide(OTHER_CHANNEL)).isEmpty();
    }
  }

  @Test
  void erasesFormerStateOfACallThatEndsUntouched() throws Exception {
    formerMemories.put(CHANNEL, updatedMemory());
    formerEstimates.put(CHANNEL, Tuple2.of(4_500L, ESTIMATE.toArray()));

    states.eraseAll();

    assertThat(formerMemories.isEmpty()).isTrue();
    assertThat(formerEstimates.isEmpty()).isTrue();
  }

  private int loadedUpdateStep(CallStates from) throws Exception {
    try (LiveCall<ChannelMemory> call = from.load(CALL, new HashMap<>())) {
      return call.memory(CHANNEL).updateStep();
    }
  }

  private void saveAnUpdate() throws Exception {
    try (LiveCall<ChannelMemory> call = states.load(CALL, new HashMap<>())) {
      update(call);
      call.recognized(CHANNEL, 4_500, ESTIMATE);
      states.save(
          CALL.key(),
          CHANNEL,
          call.state(CHANNEL, call.memory(CHANNEL).snapshot(), MemoryEncoding.EXACT),
          UPDATED_MS);
    }
  }

  private byte[] updatedMemory() {
    try (LiveCall<ChannelMemory> call = new LiveCall<>(channel -> model.newMemory(7))) {
      update(call);
      return MemoryCodec.encode(call.memory(CHANNEL).snapshot(), MemoryEncoding.EXACT);
    }
  }

  private void update(LiveCall<ChannelMemory> call) {
    Pcm pcm = new Pcm(new float[8000], FakeEmotionModel.SAMPLE_RATE_HZ);
    model.recognize(List.of(call.request(CHANNEL, pcm)));
  }
}

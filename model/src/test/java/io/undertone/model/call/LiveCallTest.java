package io.undertone.model.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.Pcm;
import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.FakeEmotionModel;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveCallTest {
  private static final EmotionEstimate HAPPY = new EmotionEstimate(new float[] {1, 0, 0, 0});
  private static final EmotionEstimate SAD = new EmotionEstimate(new float[] {0, 1, 0, 0});
  private static final EmotionEstimate ANGRY = new EmotionEstimate(new float[] {0, 0, 1, 0});
  private static final Pcm SPEECH = new Pcm(new float[8000], FakeEmotionModel.SAMPLE_RATE_HZ);

  private final FakeEmotionModel model = new FakeEmotionModel("1");
  private final List<Integer> opened = new ArrayList<>();
  private final LiveCall<ChannelMemory> call = new LiveCall<>(this::open);

  private ChannelMemory open(int channel) {
    opened.add(channel);
    return model.newMemory(7);
  }

  @Test
  void eachChannelHasOneMemoryFromItsFirstUtteranceOn() {
    RecognitionRequest first = call.request(0, SPEECH);
    RecognitionRequest other = call.request(1, SPEECH);
    RecognitionRequest second = call.request(0, SPEECH);

    assertThat(opened).containsExactly(0, 1);
    assertThat(second.memory()).isSameAs(first.memory()).isNotSameAs(other.memory());
    assertThat(second.utterance()).isSameAs(SPEECH);
    assertThat(call.memories()).containsOnlyKeys(0, 1);
  }

  @Test
  void aChannelIsNotItsOwnOtherSide() {
    call.recognized(0, 1_000, HAPPY);

    assertThat(call.request(0, SPEECH).otherSide()).isEmpty();
    assertThat(call.request(1, SPEECH).otherSide()).contains(HAPPY);
  }

  @Test
  void theOtherSideIsTheChannelWhoseUtteranceEndedLast() {
    call.recognized(0, 2_000, HAPPY);
    call.recognized(1, 4_000, SAD);
    call.recognized(2, 3_000, ANGRY);

    assertThat(call.otherSide(0)).contains(SAD);
    assertThat(call.otherSide(1)).contains(ANGRY);
    assertThat(call.otherSide(3)).contains(SAD);
  }

  @Test
  void ofUtterancesThatEndedTogetherTheLowestChannelCounts() {
    call.recognized(2, 2_000, ANGRY);
    call.recognized(1, 2_000, SAD);

    assertThat(call.otherSide(0)).contains(SAD);
  }

  @Test
  void goesOnFromSavedChannels() {
    Recognition recognition = model.recognize(List.of(call.request(0, SPEECH))).get(0);
    call.recognized(0, 1_500, recognition.estimate());
    ChannelState saved = call.state(0, call.memory(0).snapshot(), MemoryEncoding.EXACT);
    call.close();

    try (LiveCall<ChannelMemory> restored =
        new LiveCall<>(
            Map.of(0, saved.lastEstimate().orElseThrow()),
            channel -> model.restore(saved.memory()))) {
      assertThat(restored.otherSide(1)).contains(recognition.estimate());
      assertThat(restored.memory(0).updateStep()).isEqualTo(1);
    }
  }

  @Test
  void aDroppedChannelStartsAnew() {
    model.recognize(List.of(call.request(0, SPEECH)));
    call.recognized(0, 1_000, HAPPY);
    call.drop(0);
    call.drop(5);

    assertThat(model.openMemories()).isZero();
    assertThat(call.otherSide(1)).isEmpty();
    assertThat(call.memory(0).updateStep()).isZero();
  }

  @Test
  void closesItsMemories() {
    call.request(0, SPEECH);
    call.request(1, SPEECH);
    assertThat(model.openMemories()).isEqualTo(2);

    call.close();
    call.close();

    assertThat(model.openMemories()).isZero();
  }
}

package io.undertone.operators.recognize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Pcm;
import io.undertone.model.EmotionModelFactory;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.operators.CallEnd;
import io.undertone.operators.ChunkCounts;
import io.undertone.operators.Conversation;
import io.undertone.operators.segment.SpokenUtterance;
import io.undertone.operators.segment.UtteranceSpan;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.KeyedStage;
import io.undertone.operators.testing.Stages;
import io.undertone.schemas.EndReason;
import io.undertone.schemas.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.types.Either;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecognizeFunctionTest {
  private static final Conversation CALL = new Conversation("acme", "call-1");
  private static final RecognizeOptions OPTIONS = new RecognizeOptions(1_000);

  @Test
  void everyUtteranceIsHeardWithTheMemoryOfThoseBefore() throws Exception {
    List<RecognizedUtterance> twice;
    try (var stage = open(new FakeEmotionModelFactory(), null, 1)) {
      twice = hear(stage, utterance(CALL, 0, 0.1f), utterance(CALL, 1, 0.1f));
    }

    assertThat(twice).extracting(RecognizedUtterance::updateStep).containsExactly(1, 2);
    assertThat(twice.get(1).probabilities()).isNotEqualTo(twice.get(0).probabilities());
    assertThat(twice).extracting(RecognizedUtterance::modelVersion).containsOnly("fake@fake-1");
  }

  @Test
  void callsDoNotHearEachOther() throws Exception {
    SpokenUtterance other = utterance(new Conversation("acme", "call-2"), 0, 0.7f);
    float[] alone;
    try (var stage = open(new FakeEmotionModelFactory(), null, 1)) {
      alone =
          hear(stage, utterance(CALL, 0, 0.1f), utterance(CALL, 1, 0.2f)).get(1).probabilities();
    }
    try (var stage = open(new FakeEmotionModelFactory(), null, 1)) {
      List<RecognizedUtterance> mixed =
          hear(stage, utterance(CALL, 0, 0.1f), other, utterance(CALL, 1, 0.2f));

      assertThat(mixed.get(2).probabilities()).isEqualTo(alone);
    }
  }

  @Test
  void channelsOfACallDoNotHearEachOther() throws Exception {
    try (var stage = open(new FakeEmotionModelFactory(), null, 1)) {
      List<RecognizedUtterance> mixed =
          hear(
              stage,
              utterance(CALL, 0, 0.1f),
              utterance(CALL, 1, 0, 0.1f),
              utterance(CALL, 1, 1, 0.2f),
              utterance(CALL, 1, 0.2f));

      assertThat(mixed).extracting(RecognizedUtterance::updateStep).containsExactly(1, 1, 2, 2);
      assertThat(mixed.get(1).probabilities()).isEqualTo(mixed.get(0).probabilities());
      assertThat(mixed.get(2).probabilities()).isEqualTo(mixed.get(3).probabilities());
      stage.process(end());

      assertThat(stage.stateEntries()).isZero();
    }
  }

  @Test
  void theEndErasesTheMemoryAndNamesTheModel() throws Exception {
    try (var stage = open(new FakeEmotionModelFactory(), null, 1)) {
      List<RecognizedUtterance> first = hear(stage, utterance(CALL, 0, 0.1f));
      stage.process(end());

      assertThat(stage.stateEntries()).isZero();
      assertThat(stage.drain().get(0).right().modelVersion()).isEqualTo("fake@fake-1");
      assertThat(hear(stage, utterance(CALL, 0, 0.1f)).get(0).probabilities())
          .isEqualTo(first.get(0).probabilities());
    }
  }

  @Test
  void aMemoryThatLearnsNothingAnyMoreExpires() throws Exception {
    try (var stage = open(new FakeEmotionModelFactory(), null, 1)) {
      hear(stage, utterance(CALL, 0, 0.1f));
      stage.setTimeMs(OPTIONS.memoryTtlMs() + 1);

      assertThat(hear(stage, utterance(CALL, 1, 0.1f)).get(0).updateStep()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aMemorySurvivesARestoreAtAnotherParallelism(Backend backend) throws Exception {
    List<SpokenUtterance> before = new ArrayList<>();
    List<SpokenUtterance> after = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Conversation call = new Conversation("acme", "call-" + i);
      before.add(utterance(call, 0, i / 20f));
      after.add(utterance(call, 1, i / 30f));
    }
    List<RecognizedUtterance> undisturbed;
    OperatorSubtaskState snapshot;
    var definition = Stages.recognize(OPTIONS, new FakeEmotionModelFactory());
    try (var stage = KeyedStage.open(definition, backend)) {
      hear(stage, before.toArray(SpokenUtterance[]::new));
      snapshot = stage.snapshot();
      undisturbed = hear(stage, after.toArray(SpokenUtterance[]::new));
    }

    try (var stage = KeyedStage.open(definition, backend, 3, snapshot, 0)) {
      assertThat(hear(stage, after.toArray(SpokenUtterance[]::new)))
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyInAnyOrderElementsOf(undisturbed);
    }
  }

  @Test
  void theMemoryOfAnotherModelIsNeverApplied() throws Exception {
    OperatorSubtaskState snapshot;
    try (var stage = open(new FakeEmotionModelFactory("old"), null, 1)) {
      hear(stage, utterance(CALL, 0, 0.1f));
      snapshot = stage.snapshot();
    }

    try (var stage = open(new FakeEmotionModelFactory("new"), snapshot, 1)) {
      RecognizedUtterance heard = hear(stage, utterance(CALL, 1, 0.1f)).get(0);

      assertThat(heard.updateStep()).isEqualTo(1);
      assertThat(heard.modelVersion()).isEqualTo("fake@new");
      assertThat(stage.count("memoryResets")).isEqualTo(1);
    }
  }

  @Test
  void reportsAnUpdateThatWasDropped() throws Exception {
    try (var stage = open(new FakeEmotionModelFactory(), null, 1)) {
      RecognizedUtterance heard = hear(stage, utterance(CALL, 0, Float.NaN)).get(0);

      assertThat(heard.update().applied()).isFalse();
      assertThat(heard.updateStep()).isZero();
      assertThat(stage.count("droppedUpdates")).isEqualTo(1);
    }
  }

  @Test
  void aBrokenModelFailsTheTask() throws Exception {
    try (var stage = open(() -> new BrokenModel(8_000), null, 1)) {
      assertThatThrownBy(() -> stage.process(Either.Left(utterance(CALL, 0, 0.1f))))
          .hasStackTraceContaining("the device is gone");
    }
  }

  @Test
  void aModelOfAnotherSampleRateIsRefusedBeforeAnythingIsHeard() {
    assertThatThrownBy(() -> open(() -> new BrokenModel(16_000), null, 1))
        .hasStackTraceContaining("the model must hear utterances at 8000 Hz, but wants 16000");
  }

  private static KeyedStage<Either<SpokenUtterance, CallEnd>, Either<RecognizedUtterance, CallEnd>>
      open(EmotionModelFactory models, @Nullable OperatorSubtaskState state, int parallelism)
          throws Exception {
    return KeyedStage.open(
        Stages.recognize(OPTIONS, models), Backend.HASH_MAP, parallelism, state, 0);
  }

  private static List<RecognizedUtterance> hear(
      KeyedStage<Either<SpokenUtterance, CallEnd>, Either<RecognizedUtterance, CallEnd>> stage,
      SpokenUtterance... utterances)
      throws Exception {
    for (SpokenUtterance utterance : utterances) {
      stage.process(Either.Left(utterance));
    }
    return stage.drain().stream().map(Either::left).toList();
  }

  private static SpokenUtterance utterance(Conversation call, int index, float sample) {
    return utterance(call, 0, index, sample);
  }

  private static SpokenUtterance utterance(
      Conversation call, int channel, int index, float sample) {
    float[] samples = new float[4000];
    Arrays.fill(samples, sample);
    UtteranceSpan span =
        new UtteranceSpan(
            call, channel, Role.CUSTOMER, index, index * 1000L, index * 1000L + 500, 0, 1);
    return new SpokenUtterance(span, new Pcm(samples, 8000));
  }

  private static Either<SpokenUtterance, CallEnd> end() {
    return Either.Right(new CallEnd(CALL, EndReason.LAST_CHUNK, 0, 0, ChunkCounts.NONE, 0, null));
  }
}

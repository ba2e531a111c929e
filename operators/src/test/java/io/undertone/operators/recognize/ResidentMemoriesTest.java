package io.undertone.operators.recognize;

import static io.undertone.operators.recognize.RecognizeStage.CALL;
import static io.undertone.operators.recognize.RecognizeStage.call;
import static io.undertone.operators.recognize.RecognizeStage.utterance;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.ChannelMemory;
import io.undertone.model.ConversationSeed;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.FakeEmotionModel;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.model.GatedModel;
import io.undertone.model.MemoryCodec;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.operators.CallEnd;
import io.undertone.operators.ConversationKeys;
import io.undertone.operators.segment.SpokenUtterance;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.KeyedStage;
import io.undertone.operators.testing.StageDefinition;
import io.undertone.operators.testing.Stages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResidentMemoriesTest {
  private static final RecognizeOptions OPTIONS = RecognizeOptions.defaults();
  private static final int CALLS = 5;

  /** Factories travel with the job graph; this one finds the model of the test that runs. */
  private static GatedModel model = new GatedModel();

  private static final EmotionModelFactory MODELS = () -> ModelHandle.of(model);

  @BeforeEach
  void newModel() {
    model = new GatedModel();
    model.release(1_000);
  }

  @Test
  void aMemoryStaysOnTheDeviceAndIsWrittenAtTheBarrier() throws Exception {
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      stage.hear(utterance(CALL, 0, 0.1f), utterance(CALL, 1, 0.1f));
      assertThat(stage.stage().stateEntries()).as("the last estimate alone").isEqualTo(1);
      assertThat(stage.stage().measure("residentMemoryBytes"))
          .isEqualTo(FakeEmotionModel.MEMORY_BYTES);

      stage.stage().snapshot();

      assertThat(stage.stage().stateEntries()).isEqualTo(2);
      assertThat(model.openMemories()).isEqualTo(1);
    }
    assertThat(model.openMemories()).isZero();
  }

  @Test
  void aCheckpointWritesWhatHasLearnedSinceTheLast() throws Exception {
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      stage.hear(utterance(call(1), 0, 0.1f), utterance(call(2), 0, 0.1f));
      stage.stage().snapshot();
      long both = stage.stage().measure("checkpointMemoryBytes");
      stage.hear(utterance(call(2), 1, 0.1f));
      stage.stage().snapshot();
      long one = stage.stage().measure("checkpointMemoryBytes");
      stage.stage().snapshot();

      assertThat(both).isPositive();
      assertThat(one).isPositive().isLessThan(both);
      assertThat(stage.stage().measure("checkpointMemoryBytes")).isZero();
      assertThat(stage.stage().measure("checkpointMemoryMs")).isNotNegative();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 4})
  void aMemoryThatHadToLeaveTheDeviceComesBackAsItWas(long places) throws Exception {
    SpokenUtterance[] utterances = rounds(0, 4);
    List<RecognizedUtterance> undisturbed;
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      undisturbed = stage.hear(utterances);
      assertThat(stage.stage().count("memoryEvictions")).isZero();
    }
    RecognizeOptions tight = OPTIONS.withResidentBytes(places * FakeEmotionModel.MEMORY_BYTES);
    newModel();
    try (RecognizeStage stage = RecognizeStage.open(tight, MODELS)) {
      List<RecognizedUtterance> heard = new ArrayList<>();
      for (SpokenUtterance utterance : utterances) {
        heard.addAll(stage.hear(utterance));
        assertThat((long) model.openMemories()).isLessThanOrEqualTo(places);
      }

      assertThat(heard)
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyInAnyOrderElementsOf(undisturbed);
      assertThat(stage.stage().count("memoryEvictions")).isPositive();
      assertThat(stage.stage().count("memoryResets")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3})
  void memoriesOfBothChannelsComeAndGo(long places) throws Exception {
    SpokenUtterance[] utterances = new SpokenUtterance[24];
    for (int i = 0; i < utterances.length; i++) {
      utterances[i] = utterance(call(i % 3), i / 3 % 2, i / 6, i / 100f);
    }
    List<RecognizedUtterance> undisturbed;
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      undisturbed = stage.hear(utterances);
    }
    RecognizeOptions tight = OPTIONS.withResidentBytes(places * FakeEmotionModel.MEMORY_BYTES);
    newModel();
    try (RecognizeStage stage = RecognizeStage.open(tight, MODELS)) {
      assertThat(stage.hear(utterances))
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyInAnyOrderElementsOf(undisturbed);
      assertThat((long) model.openMemories()).isLessThanOrEqualTo(places);
    }
  }

  @Test
  void callsGoOnWhileTheirMemoriesLeaveTheDevice() throws Exception {
    SpokenUtterance[] utterances = rounds(0, 20);
    List<RecognizedUtterance> undisturbed;
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      undisturbed = stage.hear(utterances);
    }
    newModel();
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS.withResidentBytes(0), MODELS)) {
      assertThat(stage.hear(utterances))
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyInAnyOrderElementsOf(undisturbed);
      assertThat(model.openMemories()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aChannelIsToldWhatTheOtherWasLastHeardToFeelEvenAfterARestore(Backend backend)
      throws Exception {
    float[] first;
    OperatorSubtaskState snapshot;
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS, backend, 1, null)) {
      first = stage.hear(utterance(CALL, 0, 0.1f)).get(0).probabilities();
      snapshot = stage.stage().snapshot();
    }
    newModel();
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS, backend, 1, snapshot)) {
      stage.hear(utterance(CALL, 1, 0, 0.3f));
      stage.hear(utterance(CALL, 1, 1, 0.3f));
      stage.hear(utterance(CALL, 1, 0.2f));
    }

    List<Optional<EmotionEstimate>> told =
        model.batches().stream().map(batch -> batch.get(0).otherSide()).toList();
    assertThat(told.subList(0, 2)).containsOnly(Optional.of(new EmotionEstimate(first)));
    assertThat(told.get(2)).isPresent().isNotEqualTo(told.get(0));
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void whatIsRestoredContinuesWhereTheSnapshotWas(Backend backend) throws Exception {
    EmotionModelFactory models = new FakeEmotionModelFactory();
    List<RecognizedUtterance> undisturbed;
    OperatorSubtaskState snapshot;
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, models, backend, 1, null)) {
      stage.take(rounds(0, 3));
      stage.stage().snapshot();
      stage.take(rounds(3, 5));
      snapshot = stage.stage().snapshot();
      stage.stage().drain();
      undisturbed = stage.hear(rounds(5, 8));
    }
    RecognizeOptions tight = OPTIONS.withResidentBytes(2 * FakeEmotionModel.MEMORY_BYTES);
    try (RecognizeStage stage = RecognizeStage.open(tight, models, backend, 2, snapshot)) {
      assertThat(stage.hear(rounds(5, 8)))
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyInAnyOrderElementsOf(undisturbed);
    }
  }

  @Test
  void aMemoryThatLearnsNothingAnyMoreLeavesTheDeviceAndTheState() throws Exception {
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      stage.hear(utterance(call(1), 0, 0.1f));
      stage.stage().setTimeMs(1_000);
      stage.hear(utterance(call(2), 0, 0.1f));
      stage.stage().snapshot();
      stage.stage().setTimeMs(OPTIONS.memoryTtlMs());
      stage.stage().snapshot();

      assertThat(model.openMemories()).isEqualTo(1);
      assertThat(stage.stage().stateEntries()).isEqualTo(2);
      assertThat(stage.hear(utterance(call(2), 1, 0.1f)).get(0).updateStep()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void goesOnFromStateThatWasSavedUtteranceByUtterance(Backend backend) throws Exception {
    SpokenUtterance first = utterance(CALL, 0, 0.1f);
    SpokenUtterance second = utterance(CALL, 1, 0.2f);
    OperatorSubtaskState snapshot;
    var former =
        new StageDefinition<>(
            () -> new KeyedProcessOperator<>(new EachAlone()),
            ConversationKeys::ofStep,
            Stages.SPOKEN,
            Stages.RECOGNIZED);
    try (var stage = KeyedStage.open(former, backend)) {
      stage.process(Either.Left(first));
      snapshot = stage.snapshot();
    }

    EmotionModelFactory models = new FakeEmotionModelFactory();
    try (var stage = RecognizeStage.open(OPTIONS, models, backend, 1, snapshot);
        var undisturbed = RecognizeStage.open(OPTIONS, models)) {
      assertThat(stage.hear(second).get(0))
          .usingRecursiveComparison()
          .isEqualTo(undisturbed.hear(first, second).get(1));
      assertThat(stage.stage().count("memoryResets")).isZero();
    }
  }

  /** Saves a memory as the stage did when each utterance was heard alone. */
  private static final class EachAlone
      extends KeyedProcessFunction<
          String, Either<SpokenUtterance, CallEnd>, Either<RecognizedUtterance, CallEnd>> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(
        Either<SpokenUtterance, CallEnd> step,
        Context context,
        Collector<Either<RecognizedUtterance, CallEnd>> out)
        throws Exception {
      MapStateDescriptor<Integer, byte[]> descriptor =
          new MapStateDescriptor<>(
              "memory-by-channel",
              Types.INT,
              PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
      descriptor.enableTimeToLive(
          StateTtlConfig.newBuilder(Duration.ofHours(1)).cleanupFullSnapshot().build());
      FakeEmotionModel fake = new FakeEmotionModel("fake-1");
      try (ChannelMemory memory =
          fake.newMemory(ConversationSeed.of("acme", CALL.conversationId()))) {
        fake.recognize(List.of(new RecognitionRequest(step.left().pcm(), memory)));
        getRuntimeContext()
            .getMapState(descriptor)
            .put(0, MemoryCodec.encode(memory.snapshot(), MemoryEncoding.EXACT));
      }
    }
  }

  /** One utterance of each call, round by round. */
  private static SpokenUtterance[] rounds(int from, int to) {
    List<SpokenUtterance> utterances = new ArrayList<>();
    for (int index = from; index < to; index++) {
      for (int i = 0; i < CALLS; i++) {
        utterances.add(utterance(call(i), index, (index * CALLS + i) / 100f));
      }
    }
    return utterances.toArray(SpokenUtterance[]::new);
  }
}

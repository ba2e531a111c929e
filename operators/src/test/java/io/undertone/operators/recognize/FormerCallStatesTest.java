package io.undertone.operators.recognize;

import static io.undertone.operators.recognize.RecognizeStage.CALL;
import static io.undertone.operators.recognize.RecognizeStage.utterance;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.ChannelMemory;
import io.undertone.model.ConversationSeed;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.FakeEmotionModel;
import io.undertone.model.GatedModel;
import io.undertone.model.MemoryCodec;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.operators.CallEnd;
import io.undertone.operators.ConversationKeys;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.KeyedStage;
import io.undertone.operators.testing.StageDefinition;
import io.undertone.operators.testing.Stages;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.operators.utterance.SpokenUtterance;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Savepoints with one state for memories and one for last estimates still restore. */
class FormerCallStatesTest {
  private static final RecognizeOptions OPTIONS = RecognizeOptions.defaults();
  private static final SpokenUtterance FIRST = utterance(CALL, 0, 0.1f);
  private static final SpokenUtterance SECOND = utterance(CALL, 1, 0.2f);
  private static final SpokenUtterance OF_OTHER_CHANNEL = utterance(CALL, 1, 0, 0.3f);

  /** A factory is serialized with the job graph, so it finds the test's model here. */
  private static GatedModel model = new GatedModel();

  private static final EmotionModelFactory MODELS = () -> ModelHandle.of(model);

  @BeforeEach
  void newModel() {
    model = new GatedModel();
    model.release(1_000);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aCallGoesOnFromFormerState(Backend backend) throws Exception {
    List<RecognizedUtterance> undisturbed;
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      undisturbed = stage.recognize(FIRST, OF_OTHER_CHANNEL, SECOND);
    }
    newModel();
    OperatorSubtaskState former = formerState(backend, new Former());

    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS, backend, 2, former)) {
      assertThat(stage.recognize(OF_OTHER_CHANNEL, SECOND))
          .usingRecursiveFieldByFieldElementComparator()
          .isEqualTo(undisturbed.subList(1, 3));
      assertThat(model.batches().get(0).get(0).otherSide())
          .contains(new EmotionEstimate(undisturbed.get(0).probabilities()));
      assertThat(stage.stage().count("memoryResets")).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aCallGoesOnFromAMemoryAlone(Backend backend) throws Exception {
    List<RecognizedUtterance> undisturbed;
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      undisturbed = stage.recognize(FIRST, SECOND);
    }
    newModel();
    OperatorSubtaskState former = formerState(backend, new FormerWithoutEstimates());

    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS, backend, 1, former)) {
      assertThat(stage.recognize(OF_OTHER_CHANNEL, SECOND).get(1))
          .usingRecursiveComparison()
          .isEqualTo(undisturbed.get(1));
      assertThat(model.batches().get(0).get(0).otherSide()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aMovedCallRestoresFromItsNewState(Backend backend) throws Exception {
    List<RecognizedUtterance> undisturbed;
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      undisturbed = stage.recognize(FIRST, OF_OTHER_CHANNEL, SECOND);
    }
    newModel();
    OperatorSubtaskState former = formerState(backend, new Former());
    OperatorSubtaskState moved;
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS, backend, 1, former)) {
      stage.recognize(OF_OTHER_CHANNEL);
      moved = stage.stage().snapshot();
    }
    newModel();
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS, backend, 1, moved)) {
      assertThat(stage.recognize(SECOND).get(0))
          .usingRecursiveComparison()
          .isEqualTo(undisturbed.get(2));
    }
  }

  @Test
  void movingACallErasesItsFormerState() throws Exception {
    OperatorSubtaskState former = formerState(Backend.HASH_MAP, new Former());

    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS, Backend.HASH_MAP, 1, former)) {
      assertThat(stage.stage().stateEntries()).isEqualTo(2);
      stage.recognize(SECOND);

      assertThat(stage.stage().stateEntries()).isEqualTo(RecognizeStage.ENTRIES_OF_CALL);
    }
  }

  @Test
  void theEndOfAnUntouchedCallErasesItsFormerState() throws Exception {
    OperatorSubtaskState former = formerState(Backend.HASH_MAP, new Former());

    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS, Backend.HASH_MAP, 1, former)) {
      stage.end(CALL);

      assertThat(stage.stage().stateEntries()).isZero();
    }
  }

  private static OperatorSubtaskState formerState(Backend backend, Former operator)
      throws Exception {
    var stage =
        new StageDefinition<>(
            () -> new KeyedProcessOperator<>(operator),
            ConversationKeys::ofStep,
            Stages.SPOKEN,
            Stages.RECOGNIZED);
    try (var former = KeyedStage.open(stage, backend)) {
      former.process(Either.Left(FIRST));
      return former.snapshot();
    }
  }

  /** Writes keyed state as the stage did before, under the names and types of then. */
  private static class Former
      extends KeyedProcessFunction<
          String, Either<SpokenUtterance, CallEnd>, Either<RecognizedUtterance, CallEnd>> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(
        Either<SpokenUtterance, CallEnd> step,
        Context context,
        Collector<Either<RecognizedUtterance, CallEnd>> out)
        throws Exception {
      SpokenUtterance utterance = step.left();
      FakeEmotionModel fake = new FakeEmotionModel("fake-1");
      try (ChannelMemory memory =
          fake.newMemory(ConversationSeed.of("acme", CALL.conversationId()))) {
        EmotionEstimate estimate =
            fake.recognize(List.of(new RecognitionRequest(utterance.pcm(), memory)))
                .get(0)
                .estimate();
        byte[] bytes = MemoryCodec.encode(memory.snapshot(), MemoryEncoding.EXACT);
        write(utterance.span().channel(), bytes, utterance.span().endOffsetMs(), estimate);
      }
    }

    void write(int channel, byte[] memory, long endOffsetMs, EmotionEstimate estimate)
        throws Exception {
      state("memory-by-channel", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
          .put(channel, memory);
      state(
              "last-estimate-by-channel",
              Types.TUPLE(Types.LONG, PrimitiveArrayTypeInfo.FLOAT_PRIMITIVE_ARRAY_TYPE_INFO))
          .put(channel, Tuple2.of(endOffsetMs, estimate.toArray()));
    }

    <T> MapState<Integer, T> state(String name, TypeInformation<T> type) {
      MapStateDescriptor<Integer, T> descriptor = new MapStateDescriptor<>(name, Types.INT, type);
      descriptor.enableTimeToLive(
          StateTtlConfig.newBuilder(Duration.ofHours(1)).cleanupFullSnapshot().build());
      return getRuntimeContext().getMapState(descriptor);
    }
  }

  /** The same before there were last estimates. */
  private static final class FormerWithoutEstimates extends Former {
    private static final long serialVersionUID = 1L;

    @Override
    void write(int channel, byte[] memory, long endOffsetMs, EmotionEstimate estimate)
        throws Exception {
      state("memory-by-channel", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
          .put(channel, memory);
    }
  }
}

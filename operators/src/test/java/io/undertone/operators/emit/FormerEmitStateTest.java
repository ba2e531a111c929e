package io.undertone.operators.emit;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.MemoryUpdate;
import io.undertone.operators.CallEnd;
import io.undertone.operators.ChunkCounts;
import io.undertone.operators.Conversation;
import io.undertone.operators.ConversationKeys;
import io.undertone.operators.state.TrajectoryPoint;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.KeyedStage;
import io.undertone.operators.testing.StageDefinition;
import io.undertone.operators.testing.Stages;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.operators.utterance.UtteranceSpan;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EndReason;
import io.undertone.schemas.Role;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Savepoints with the last emotion of each channel in a state of its own still restore. */
class FormerEmitStateTest {
  private static final Conversation CALL = new Conversation("acme", "call-1");
  private static final float[] HAPPY = {0.7f, 0.1f, 0.1f, 0.1f};
  private static final float[] ANGRY = {0.1f, 0.1f, 0.6f, 0.2f};

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aRestoreKnowsThePreviousEmotionOfEachChannel(Backend backend) throws Exception {
    try (var stage = KeyedStage.open(Stages.emit(), backend, 1, formerSnapshot(backend), 0)) {
      stage.process(utterance(0, 1, ANGRY));
      stage.process(utterance(1, 1, ANGRY));
      stage.process(end());

      List<EmotionEvent> events = stage.drain();
      assertThat(events)
          .extracting(EmotionEvent::getPreviousEmotion)
          .containsExactly("happy", "angry", null);
      assertThat(events).extracting(EmotionEvent::getShift).containsExactly(true, false, false);
      assertThat(events.get(2).getConversation().getShifts()).isEqualTo(1);
    }
  }

  @Test
  void theEndOfTheCallErasesAllOfIt() throws Exception {
    OperatorSubtaskState snapshot = formerSnapshot(Backend.HASH_MAP);
    try (var stage = KeyedStage.open(Stages.emit(), Backend.HASH_MAP, 1, snapshot, 0)) {
      assertThat(stage.stateEntries()).isEqualTo(2);

      stage.process(end());

      assertThat(stage.stateEntries()).isZero();
    }
  }

  private static OperatorSubtaskState formerSnapshot(Backend backend) throws Exception {
    StageDefinition<Either<RecognizedUtterance, CallEnd>, EmotionEvent> former =
        new StageDefinition<>(
            () -> new KeyedProcessOperator<>(new FormerEmitFunction()),
            ConversationKeys::ofStep,
            Stages.RECOGNIZED,
            Stages.EVENT);
    try (var stage = KeyedStage.open(former, backend)) {
      stage.process(utterance(0, 0, HAPPY));
      stage.process(utterance(1, 0, ANGRY));
      return stage.snapshot();
    }
  }

  private static Either<RecognizedUtterance, CallEnd> utterance(
      int channel, int index, float[] probabilities) {
    UtteranceSpan span =
        new UtteranceSpan(
            CALL,
            channel,
            Role.CUSTOMER,
            index,
            index * 1000,
            index * 1000 + 500,
            0,
            1,
            2,
            Map.of());
    return Either.Left(
        new RecognizedUtterance(
            span, probabilities, new MemoryUpdate(true, 0.5f, 1, 25), index + 1, "fake@1"));
  }

  private static Either<RecognizedUtterance, CallEnd> end() {
    return Either.Right(
        new CallEnd(
            CALL,
            EndReason.LAST_CHUNK,
            2_000,
            2_000,
            ChunkCounts.NONE,
            0,
            0,
            "fake@1",
            null,
            Map.of()));
  }

  /** Writes the former state. */
  private static final class FormerEmitFunction
      extends KeyedProcessFunction<String, Either<RecognizedUtterance, CallEnd>, EmotionEvent> {
    private static final long serialVersionUID = 1L;

    private transient ListState<TrajectoryPoint> trajectory;
    private transient MapState<Integer, String> emotionByChannel;

    @Override
    public void open(OpenContext context) {
      trajectory =
          getRuntimeContext()
              .getListState(
                  new ListStateDescriptor<>(
                      "trajectory", new AvroTypeInfo<>(TrajectoryPoint.class)));
      emotionByChannel =
          getRuntimeContext()
              .getMapState(new MapStateDescriptor<>("emotion-by-channel", Types.INT, Types.STRING));
    }

    @Override
    public void processElement(
        Either<RecognizedUtterance, CallEnd> step, Context context, Collector<EmotionEvent> out)
        throws Exception {
      TrajectoryPoint point = Trajectories.point(step.left());
      trajectory.add(point);
      emotionByChannel.put(
          step.left().span().channel(), Trajectories.estimate(point).emotion().longName());
    }
  }
}

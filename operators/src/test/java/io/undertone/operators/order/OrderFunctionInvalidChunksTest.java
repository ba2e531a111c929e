package io.undertone.operators.order;

import static io.undertone.operators.order.OrderStage.OPTIONS;
import static io.undertone.operators.order.OrderStage.indexes;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.CallEnd;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.testing.TestCall;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.EndReason;
import java.util.List;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderFunctionInvalidChunksTest {
  private final TestCall call = TestCall.ofSeconds("call-1", 4);
  private OrderStage stage;

  @BeforeEach
  void open() throws Exception {
    stage = OrderStage.open(OPTIONS);
  }

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  @Test
  void rejectsAnIndexThatJumpsTooFarAndContinues() throws Exception {
    stage.process(0);
    stage.process(call.chunk(call.audio(1).setChunkIndex(5_000)));
    stage.process(1);

    assertThat(indexes(stage.drain())).containsExactly(0L, 1L);
    List<DeadLetter> letters = stage.drain(DeadLetters.TAG);
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).getMessage())
        .isEqualTo(
            "chunkIndex must be at most 1000 above the highest so far, but is 5000 while 1 is due");
  }

  @Test
  void rejectsAChunkThatBeginsBeforeItsPredecessor() throws Exception {
    stage.process(0, 1, 2);
    stage.process(call.chunk(call.audio(3).setStartOffsetMs(20)));
    stage.process(4);

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactly(0L, 1L, 2L, 4L);
    assertThat(steps.get(3).left().missingBefore()).isEqualTo(1);
    assertThat(stage.drain(DeadLetters.TAG))
        .extracting(DeadLetter::getMessage)
        .containsExactly(
            "startOffsetMs must be at least 40, that of the previous chunk, but is 20");
  }

  @Test
  void aLastChunkWithAWrongOffsetStillEndsTheCall() throws Exception {
    stage.process(0, 1, 2);
    stage.process(call.chunk(call.audio(3).setStartOffsetMs(20).setLastChunk(true)));

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactly(0L, 1L, 2L, 3L);
    assertThat(steps.get(3).left().chunk().audio().getPayload().hasRemaining()).isFalse();
    assertThat(steps.get(4).right().reason()).isEqualTo(EndReason.LAST_CHUNK);
    assertThat(stage.drain(DeadLetters.TAG)).hasSize(1);
  }

  @Test
  void rejectsChunksAfterTheLastOne() throws Exception {
    stage.process(0, 2, 3);
    stage.process(call.chunk(call.audio(1).setLastChunk(true)));

    assertThat(indexes(stage.drain())).containsExactly(0L, 1L);
    assertThat(stage.drain(DeadLetters.TAG))
        .extracting(DeadLetter::getMessage)
        .containsExactly(
            "chunkIndex must be at most 1, that of the channel's last chunk, but is 2",
            "chunkIndex must be at most 1, that of the channel's last chunk, but is 3");
  }
}

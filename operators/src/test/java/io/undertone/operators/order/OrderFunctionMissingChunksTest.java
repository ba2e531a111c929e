package io.undertone.operators.order;

import static io.undertone.operators.order.OrderStage.OPTIONS;
import static io.undertone.operators.order.OrderStage.indexes;
import static io.undertone.operators.order.OrderStage.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.CallEnd;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.testing.TestCall;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import java.util.List;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderFunctionMissingChunksTest {
  private static final int CHUNK_BYTES = 320;

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
  void givesUpAMissingChunkOnceLaterAudioSpansTheBound() throws Exception {
    stage.process(0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    assertThat(indexes(stage.drain())).containsExactly(0L, 1L);

    stage.process(13);

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactlyElementsOf(range(3, 14));
    assertThat(steps.get(0).left().missingBefore()).isEqualTo(1);
    assertThat(steps.get(1).left().missingBefore()).isZero();
  }

  @Test
  void sendsAGivenUpChunkToLate() throws Exception {
    stage.process(0, 2, 12, 1, 1);

    List<DeadLetter> late = stage.drain(DeadLetters.LATE);
    assertThat(late).hasSize(2);
    assertThat(late.get(0).getReason()).isEqualTo(DeadLetterReason.LATE);
    assertThat(late.get(0).getTopic()).isEqualTo(TestCall.TOPIC);
    assertThat(late.get(0).getOffset()).isEqualTo(1);
    assertThat(late.get(0).getMessage())
        .isEqualTo("chunkIndex must be at least 3, as earlier chunks were given up, but is 1");
    assertThat(AudioChunk.getDecoder().decode(late.get(0).getValue()))
        .isEqualTo(call.chunk(1).audio());
  }

  @Test
  void limitsTheNumberOfWaitingChunks() throws Exception {
    OrderOptions patient = OPTIONS.withReorderBoundMs(1_000_000);
    try (var bounded = OrderStage.open(patient)) {
      for (long index = 1; index <= OPTIONS.maxBufferedChunks(); index++) {
        bounded.process(call.chunk(index));
      }
      assertThat(bounded.drain()).isEmpty();

      bounded.process(call.chunk(OPTIONS.maxBufferedChunks() + 1));

      assertThat(indexes(bounded.drain()))
          .containsExactlyElementsOf(range(1, OPTIONS.maxBufferedChunks() + 2));
    }
  }

  @Test
  void limitsTheBytesOfTheWaitingChunksOfACall() throws Exception {
    OrderOptions small =
        OPTIONS.withReorderBoundMs(1_000_000).withMaxBufferedBytes(4L * CHUNK_BYTES);
    TestCall otherSide = new TestCall("acme", "call-1", 1, 200);
    try (var bounded = OrderStage.open(small)) {
      for (long index = 1; index <= 3; index++) {
        bounded.process(call.chunk(index));
      }
      bounded.process(otherSide.chunk(1));
      assertThat(bounded.drain()).isEmpty();

      bounded.process(call.chunk(5));

      List<Either<OrderedChunk, CallEnd>> steps = bounded.drain();
      assertThat(indexes(steps)).containsExactly(1L, 2L, 3L);
      assertThat(steps.get(0).left().missingBefore()).isEqualTo(1);
      assertThat(steps)
          .extracting(step -> step.left().chunk().audio().getChannel())
          .containsOnly(0);
    }
  }
}

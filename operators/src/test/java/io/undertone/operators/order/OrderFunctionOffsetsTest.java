package io.undertone.operators.order;

import static io.undertone.operators.order.OrderStage.OPTIONS;
import static io.undertone.operators.order.OrderStage.ends;
import static io.undertone.operators.order.OrderStage.indexes;
import static io.undertone.operators.order.OrderStage.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.CallEnd;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.TestCall;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.DeadLetter;
import java.util.List;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong offset costs the chunk that has it, and no other. */
class OrderFunctionOffsetsTest {
  private static final long DAY_MS = 86_400_000;

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

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3, 198})
  void rejectsOnlyTheChunkWhoseOffsetIsADayAhead(long wrong) throws Exception {
    for (long index = 0; index < call.chunks(); index++) {
      AudioChunk.Builder audio = call.audio(index);
      stage.process(call.chunk(index == wrong ? audio.setStartOffsetMs(DAY_MS) : audio));
    }

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).hasSize((int) call.chunks() - 1).doesNotContain(wrong).isSorted();
    assertThat(stage.drain(DeadLetters.TAG))
        .extracting(DeadLetter::getOffset)
        .containsExactly(wrong);
    assertThat(ends(steps)).extracting(CallEnd::endOffsetMs).containsExactly(3_980L);
    assertThat(ends(steps).get(0).chunks().missing()).isEqualTo(1);
  }

  @Test
  void saysWhatIsWrongWithTheOffset() throws Exception {
    stage.process(0, 1);
    stage.process(call.chunk(call.audio(2).setStartOffsetMs(DAY_MS)));
    stage.process(3);

    assertThat(stage.drain(DeadLetters.TAG))
        .extracting(DeadLetter::getMessage)
        .containsExactly(
            "startOffsetMs must advance from 20, that of the previous chunk, as captureTimeMs"
                + " does, and by at most 60000, but is 86400000");
  }

  @Test
  void rejectsAChunkWhoseOffsetAndCaptureTimeAreBothADayAhead() throws Exception {
    stage.process(0, 1);
    stage.process(
        call.chunk(
            call.audio(2)
                .setStartOffsetMs(DAY_MS)
                .setCaptureTimeMs(TestCall.CALL_BEGIN_MS + DAY_MS)));
    stage.process(3);

    assertThat(indexes(stage.drain())).containsExactly(0L, 1L, 3L);
    assertThat(stage.drain(DeadLetters.TAG)).hasSize(1);
  }

  @Test
  void acceptsAHold() throws Exception {
    stage.process(0, 1);
    for (long index = 2; index < 5; index++) {
      stage.process(call.chunk(afterPause(index, 50_000)));
    }

    assertThat(indexes(stage.drain())).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(stage.drain(DeadLetters.TAG)).isEmpty();
  }

  @Test
  void acceptsAJumpThatTheNextChunkConfirms() throws Exception {
    stage.process(0, 1);
    // An upload with a pause longer than the conversation timeout.
    stage.process(call.chunk(afterPause(2, 600_000)));
    assertThat(indexes(stage.drain())).containsExactly(0L, 1L);

    stage.process(call.chunk(afterPause(3, 600_000)));

    assertThat(indexes(stage.drain())).containsExactly(2L, 3L);
    assertThat(stage.drain(DeadLetters.TAG)).isEmpty();
  }

  @Test
  void acceptsAClockThatWasSet() throws Exception {
    stage.process(0, 1);
    for (long index = 2; index < 5; index++) {
      AudioChunk.Builder audio = call.audio(index);
      stage.process(call.chunk(audio.setCaptureTimeMs(audio.getCaptureTimeMs() + 30_000)));
    }

    assertThat(indexes(stage.drain())).containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  @Test
  void countsMissingChunksOnBothSidesOfAJump() throws Exception {
    stage.process(0);
    stage.process(call.chunk(afterPause(2, 600_000)));
    for (long index = 3; index < 15; index++) {
      stage.process(call.chunk(afterPause(index, 600_000)));
    }
    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();

    assertThat(indexes(steps)).startsWith(0L, 2L, 3L);
    assertThat(steps.get(1).left().missingBefore()).isEqualTo(1);
    assertThat(steps.get(2).left().missingBefore()).isZero();
  }

  @Test
  void aChannelThatBeginsLateLosesNothing() throws Exception {
    TestCall second = new TestCall("acme", "call-1", 1, 200);
    stage.process(0);
    stage.drain();
    for (long index = 0; index < 3; index++) {
      AudioChunk.Builder audio = second.audio(index);
      stage.process(
          second.chunk(
              audio
                  .setStartOffsetMs(audio.getStartOffsetMs() + 50_000)
                  .setCaptureTimeMs(audio.getCaptureTimeMs() + 50_000)));
      // It fits the first channel, so that no second chunk must confirm it.
      assertThat(indexes(stage.drain())).containsExactly(index);
    }
  }

  @Test
  void aCallThatBeginsAtALateOffsetLosesNothing() throws Exception {
    for (long index = 0; index < 3; index++) {
      stage.process(call.chunk(afterPause(index, 600_000)));
    }

    assertThat(indexes(stage.drain())).containsExactly(0L, 1L, 2L);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, DAY_MS})
  void aWrongOffsetAmongWaitingChunksDoesNotGiveUpTheGap(long offsetMs) throws Exception {
    stage.process(0, 1, 3);
    stage.process(call.chunk(call.audio(4).setStartOffsetMs(offsetMs)));
    stage.process(5, 2, 6);

    assertThat(indexes(stage.drain())).containsExactly(0L, 1L, 2L, 3L, 5L, 6L);
    assertThat(stage.drain(DeadLetters.LATE)).isEmpty();
    assertThat(stage.drain(DeadLetters.TAG)).extracting(DeadLetter::getOffset).containsExactly(4L);
  }

  @Test
  void aLastChunkADayAheadEndsTheCallWithoutTheDay() throws Exception {
    stage.process(0, 1, 2);
    stage.process(call.chunk(call.audio(3).setStartOffsetMs(DAY_MS).setLastChunk(true)));

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactly(0L, 1L, 2L, 3L);
    assertThat(steps.get(3).left().chunk().audio().getPayload().hasRemaining()).isFalse();
    assertThat(steps.get(3).left().chunk().audio().getStartOffsetMs()).isEqualTo(40);
    assertThat(ends(steps)).extracting(CallEnd::endOffsetMs).containsExactly(40L);
    assertThat(stage.drain(DeadLetters.TAG)).hasSize(1);
  }

  @Test
  void aDoubtedChunkIsRejectedWhenTheCallEndsSilently() throws Exception {
    stage.process(0, 1);
    stage.process(call.chunk(call.audio(2).setStartOffsetMs(DAY_MS)));
    stage.endSilently();

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).isEqualTo(range(0, 2));
    assertThat(ends(steps).get(0).chunks().missing()).isEqualTo(1);
    assertThat(stage.drain(DeadLetters.TAG)).hasSize(1);
  }

  @Test
  void aDuplicateOfADoubtedChunkIsDropped() throws Exception {
    stage.process(0, 1);
    stage.process(call.chunk(afterPause(2, 600_000)));
    stage.process(call.chunk(afterPause(2, 600_000)));
    stage.process(call.chunk(afterPause(3, 600_000)));

    assertThat(indexes(stage.drain())).containsExactly(0L, 1L, 2L, 3L);
    assertThat(stage.count("duplicateChunks")).isEqualTo(1);
  }

  @Test
  void aSnapshotKeepsTheDoubtedChunk() throws Exception {
    stage.process(0, 1);
    stage.process(call.chunk(afterPause(2, 600_000)));
    var snapshot = stage.snapshot();
    try (var restored = OrderStage.restore(OPTIONS, Backend.HASH_MAP, snapshot, 0)) {
      restored.process(call.chunk(afterPause(3, 600_000)));

      assertThat(indexes(restored.drain())).containsExactly(2L, 3L);
    }
  }

  private AudioChunk.Builder afterPause(long index, long pauseMs) {
    AudioChunk.Builder audio = call.audio(index);
    return audio
        .setStartOffsetMs(audio.getStartOffsetMs() + pauseMs)
        .setCaptureTimeMs(audio.getCaptureTimeMs() + pauseMs);
  }
}

package io.undertone.operators.order;

import static io.undertone.operators.order.OrderStage.OPTIONS;
import static io.undertone.operators.order.OrderStage.ends;
import static io.undertone.operators.order.OrderStage.indexes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.undertone.operators.CallEnd;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.TestCall;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.EndReason;
import java.util.List;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderFunctionCallEndTest {
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
  void endsACallWhenAllItsChannelsHaveEnded() throws Exception {
    TestCall other = new TestCall("acme", "call-1", 1, 2);
    stage.process(0);
    stage.process(other.chunk(0));
    stage.process(other.chunk(1));
    assertThat(ends(stage.drain())).isEmpty();

    stage.process(call.chunk(call.audio(1).setLastChunk(true)));

    assertThat(ends(stage.drain())).hasSize(1);
  }

  @Test
  void forwardsWaitingChunksBeforeASilentCallEnds() throws Exception {
    stage.process(0, 2);
    stage.setTimeMs(59_999);
    assertThat(ends(stage.drain())).isEmpty();

    stage.setTimeMs(60_000);

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactly(2L);
    assertThat(ends(steps)).extracting(CallEnd::reason).containsExactly(EndReason.TIMEOUT);
    assertThat(ends(steps).get(0).chunks().missing()).isEqualTo(1);
    assertThat(stage.timers()).isZero();
  }

  @Test
  void everyChunkRestartsTheTimeout() throws Exception {
    stage.process(0);
    stage.setTimeMs(50_000);
    stage.process(1);
    stage.setTimeMs(60_000);
    stage.setTimeMs(109_999);
    assertThat(ends(stage.drain())).isEmpty();

    stage.setTimeMs(110_000);

    assertThat(ends(stage.drain())).hasSize(1);
  }

  @Test
  void aCallDoesNotTimeOutWhileTheStageIsBlocked() throws Exception {
    stage.process(0);
    // The stage was blocked for two minutes: the timer fires a minute late, before waiting input.
    stage.setTimeMs(120_000);
    assertThat(ends(stage.drain())).isEmpty();
    stage.process(1);
    assertThat(indexes(stage.drain())).containsExactly(1L);

    stage.setTimeMs(180_000);

    assertThat(ends(stage.drain())).extracting(CallEnd::reason).containsExactly(EndReason.TIMEOUT);
  }

  @Test
  void theTimeoutStartsNoEarlierThanARestart() throws Exception {
    stage.process(0);
    var snapshot = stage.snapshot();
    long hourLater = 3_600_000;
    try (var restored = OrderStage.restore(OPTIONS, Backend.HASH_MAP, snapshot, hourLater)) {
      restored.setTimeMs(hourLater + 1);
      assertThat(restored.drain()).isEmpty();
      restored.process(call.chunk(1));
      assertThat(indexes(restored.drain())).containsExactly(1L);

      restored.setTimeMs(hourLater + 60_000);
      assertThat(ends(restored.drain())).isEmpty();
      restored.setTimeMs(hourLater + 60_001);

      assertThat(ends(restored.drain())).hasSize(1);
    }
  }

  @Test
  void aChunkAfterTheEndIsLateAndStartsNoCall() throws Exception {
    stage.process(0);
    stage.setTimeMs(60_000);
    stage.drain();

    stage.process(0, 1);

    assertThat(stage.drain()).isEmpty();
    assertThat(stage.drain(DeadLetters.LATE))
        .extracting(DeadLetter::getOffset, DeadLetter::getMessage)
        .containsExactly(tuple(1L, "chunk arrived after the call ended"));
    assertThat(stage.timers()).isZero();
  }

  @Test
  void anEndedCallMayStartAgainAfterItsTombstoneExpires() throws Exception {
    stage.process(0);
    stage.setTimeMs(60_000);
    stage.drain();
    stage.setTimeMs(60_000 + OPTIONS.tombstoneTtlMs() + 1);

    stage.process(0);

    assertThat(indexes(stage.drain())).containsExactly(0L);
  }

  @Test
  void expiredTombstonesAreRemoved() throws Exception {
    int most = 0;
    for (int lifetime = 0; lifetime < 20; lifetime++) {
      stage.setTimeMs(lifetime * (OPTIONS.tombstoneTtlMs() + 1));
      for (int i = 0; i < 500; i++) {
        stage.process(new TestCall("acme", lifetime + "-" + i, 0, 1).chunk(0));
      }
      most = Math.max(most, stage.stateEntries());
    }

    assertThat(most).as("entries of 10,000 calls, 500 per time to live").isLessThan(2_500);
  }
}

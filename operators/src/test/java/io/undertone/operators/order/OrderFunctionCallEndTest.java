package io.undertone.operators.order;

import static io.undertone.operators.order.OrderStage.LIMITS;
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
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.EndReason;
import io.undertone.schemas.Role;
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
    stage.pass(LIMITS.conversationTimeoutMs() - 1);
    assertThat(ends(stage.drain())).isEmpty();

    stage.pass(LIMITS.conversationTimeoutMs() / 10);

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactly(2L);
    assertThat(ends(steps)).extracting(CallEnd::reason).containsExactly(EndReason.TIMEOUT);
    assertThat(ends(steps).get(0).chunks().missing()).isEqualTo(1);
    assertThat(stage.count("timedOutCalls")).isEqualTo(1);
  }

  @Test
  void everyChunkRestartsTheTimeout() throws Exception {
    stage.process(0);
    stage.pass(50_000);
    stage.process(1);
    stage.pass(59_999);
    assertThat(ends(stage.drain())).isEmpty();

    stage.pass(6_000);

    assertThat(ends(stage.drain())).hasSize(1);
  }

  @Test
  void aChunkEndsTheSilentCallBeforeIt() throws Exception {
    stage.process(0);
    // The clock stands still, as when a backlog is read at once.
    stage.passRecordTime(LIMITS.conversationTimeoutMs());
    stage.process(1);

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactly(0L);
    assertThat(ends(steps)).extracting(CallEnd::reason).containsExactly(EndReason.TIMEOUT);
    assertThat(stage.drain(DeadLetters.LATE)).extracting(DeadLetter::getOffset).containsExactly(1L);
  }

  @Test
  void theClockAloneEndsNoCallBeforeTheLongerTimeout() throws Exception {
    stage.process(0);
    stage.standStill(LIMITS.stalledTimeoutMs() - 1);
    assertThat(ends(stage.drain())).isEmpty();

    stage.standStill(LIMITS.conversationTimeoutMs() / 10);

    assertThat(ends(stage.drain())).extracting(CallEnd::reason).containsExactly(EndReason.STALLED);
    assertThat(stage.count("stalledCalls")).isEqualTo(1);
  }

  @Test
  void aCallDoesNotStallWhileItsPartitionMoves() throws Exception {
    stage.process(0);
    for (int i = 0; i < 50; i++) {
      stage.setTimeMs(i * 100_000L);
      stage.passRecordTime(1_000);
    }
    assertThat(ends(stage.drain())).isEmpty();
  }

  @Test
  void aCallDoesNotStallWhileTheStageIsBlocked() throws Exception {
    stage.process(0);
    long blockedMs = 2 * LIMITS.stalledTimeoutMs();
    // The timer fires late, before waiting input.
    stage.setTimeMs(blockedMs);
    assertThat(ends(stage.drain())).isEmpty();
    stage.process(1);
    assertThat(indexes(stage.drain())).containsExactly(1L);
  }

  @Test
  void theStalledTimeoutStartsNoEarlierThanARestart() throws Exception {
    stage.process(0);
    var snapshot = stage.snapshot();
    long dayLater = 86_400_000;
    try (var restored = OrderStage.restore(OPTIONS, Backend.HASH_MAP, snapshot, dayLater)) {
      restored.standStill(LIMITS.stalledTimeoutMs() - 1);
      assertThat(restored.drain()).isEmpty();
      restored.process(call.chunk(1));

      assertThat(indexes(restored.drain())).containsExactly(1L);
    }
  }

  @Test
  void aCallOfUnknownChannelsWaitsForAnother() throws Exception {
    TestCall other = new TestCall("acme", "call-1", 1, 2);
    stage.process(call.chunk(withoutChannels(call, 0).setLastChunk(true)));
    stage.pass(LIMITS.lingerMs() - 1);
    assertThat(ends(stage.drain())).isEmpty();

    stage.process(other.chunk(withoutChannels(other, 0)));
    stage.pass(LIMITS.lingerMs());
    assertThat(ends(stage.drain())).isEmpty();

    stage.process(other.chunk(withoutChannels(other, 1)));
    stage.pass(LIMITS.lingerMs());
    stage.pass(LIMITS.lingerMs());

    assertThat(ends(stage.drain()))
        .extracting(CallEnd::reason)
        .containsExactly(EndReason.LAST_CHUNK);
    assertThat(stage.drain(DeadLetters.LATE)).isEmpty();
  }

  @Test
  void aCallOfUnknownChannelsEndsByTheClockIfItsPartitionStandsStill() throws Exception {
    stage.process(call.chunk(withoutChannels(call, 0).setLastChunk(true)));
    stage.setTimeMs(LIMITS.lingerMs());

    assertThat(ends(stage.drain()))
        .extracting(CallEnd::reason)
        .containsExactly(EndReason.LAST_CHUNK);
  }

  @Test
  void aCallWaitsForTheChannelsThatItsChunksList() throws Exception {
    TestCall other = new TestCall("acme", "call-1", 1, 1);
    List<Role> roles = List.of(Role.CUSTOMER, Role.CUSTOMER, Role.AGENT);
    stage.process(call.chunk(call.audio(0).setLastChunk(true).setChannelRoles(roles)));
    stage.pass(LIMITS.conversationTimeoutMs() - 1);
    assertThat(ends(stage.drain())).isEmpty();

    stage.process(other.chunk(0));

    assertThat(ends(stage.drain()))
        .extracting(CallEnd::reason)
        .containsExactly(EndReason.LAST_CHUNK);
  }

  @Test
  void aListedChannelThatNeverComesEndsTheCallByTimeout() throws Exception {
    List<Role> roles = List.of(Role.CUSTOMER, Role.CUSTOMER);
    stage.process(call.chunk(call.audio(0).setLastChunk(true).setChannelRoles(roles)));
    stage.pass(LIMITS.conversationTimeoutMs());

    assertThat(ends(stage.drain())).extracting(CallEnd::reason).containsExactly(EndReason.TIMEOUT);
  }

  @Test
  void aChunkAfterTheEndIsLateAndStartsNoCall() throws Exception {
    stage.process(0);
    stage.endSilently();
    stage.drain();

    stage.process(0, 1);

    assertThat(stage.drain()).isEmpty();
    assertThat(stage.drain(DeadLetters.LATE))
        .extracting(DeadLetter::getOffset, DeadLetter::getMessage)
        .containsExactly(tuple(1L, "chunk arrived after the call ended"));
    assertThat(stage.timers()).as("that of the tombstone").isEqualTo(1);
  }

  @Test
  void anEndedCallMayStartAgainAfterItsTombstoneExpires() throws Exception {
    stage.process(0);
    stage.endSilently();
    stage.drain();
    stage.passRecordTime(LIMITS.endedTtlMs());

    stage.process(0);

    assertThat(indexes(stage.drain())).containsExactly(0L);
  }

  @Test
  void anEndedCallIsRememberedAfterDowntime() throws Exception {
    stage.process(0);
    stage.endSilently();
    var snapshot = stage.snapshot();
    long dayLater = 86_400_000;
    try (var restored = OrderStage.restore(OPTIONS, Backend.HASH_MAP, snapshot, dayLater)) {
      restored.setTimeMs(dayLater + 1);
      restored.process(call.chunk(0));

      assertThat(restored.drain()).isEmpty();
      assertThat(restored.count("duplicateChunks")).isEqualTo(1);
    }
  }

  @Test
  void expiredTombstonesAreRemoved() throws Exception {
    int most = 0;
    for (int lifetime = 0; lifetime < 20; lifetime++) {
      stage.pass(LIMITS.endedTtlMs());
      for (int i = 0; i < 500; i++) {
        stage.process(new TestCall("acme", lifetime + "-" + i, 0, 1).chunk(0));
      }
      most = Math.max(most, stage.stateEntries());
    }

    assertThat(most).as("entries of 10,000 calls, 500 per time to live").isLessThan(1_500);
    assertThat(stage.timers()).isEqualTo(stage.stateEntries());
  }

  private static AudioChunk.Builder withoutChannels(TestCall call, long index) {
    return call.audio(index).setChannelRoles(List.of());
  }
}

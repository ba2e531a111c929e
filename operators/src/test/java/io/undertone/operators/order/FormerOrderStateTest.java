package io.undertone.operators.order;

import static io.undertone.operators.order.OrderStage.LIMITS;
import static io.undertone.operators.order.OrderStage.OPTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.CallEnd;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.KeyedStage;
import io.undertone.operators.testing.TestCall;
import io.undertone.schemas.Consent;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.types.Either;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Savepoints with waiting chunks as POJOs still restore. */
class FormerOrderStateTest {
  private static final long[] BEFORE = {0, 2, 3, 6};
  private static final long[] AFTER = {4, 1, 5, 8, 7};

  private final TestCall call = TestCall.ofSeconds("call-1", 4);

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aRestoreGivesTheOutputOfAnUninterruptedStage(Backend backend) throws Exception {
    List<Either<OrderedChunk, CallEnd>> uninterrupted;
    try (OrderStage stage = OrderStage.open(OPTIONS)) {
      stage.process(BEFORE);
      stage.drain();
      stage.process(AFTER);
      uninterrupted = stage.drain();
    }

    try (OrderStage stage = OrderStage.restore(OPTIONS, backend, formerSnapshot(backend), 0)) {
      stage.process(AFTER);

      assertThat(stage.drain()).isEqualTo(uninterrupted).hasSize(8);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aSecondSnapshotHoldsChunksOfBothFormats(Backend backend) throws Exception {
    OperatorSubtaskState both;
    try (OrderStage stage = OrderStage.restore(OPTIONS, backend, formerSnapshot(backend), 0)) {
      stage.process(5, 8);
      both = stage.snapshot();
    }

    try (OrderStage stage = OrderStage.restore(OPTIONS, backend, both, 0)) {
      stage.process(1, 4, 7);

      assertThat(OrderStage.indexes(stage.drain())).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aTimeoutForwardsFormerChunks(Backend backend) throws Exception {
    try (OrderStage stage = OrderStage.restore(OPTIONS, backend, formerSnapshot(backend), 0)) {
      // The savepoint does not tell the partition of the call.
      stage.standStill(LIMITS.conversationTimeoutMs() + LIMITS.stalledTimeoutMs());

      List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
      assertThat(OrderStage.indexes(steps)).containsExactly(2L, 3L, 6L);
      assertThat(OrderStage.ends(steps)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Backend.class, names = "HASH_MAP")
  void deniedConsentErasesFormerChunks(Backend backend) throws Exception {
    try (OrderStage stage = OrderStage.restore(OPTIONS, backend, formerSnapshot(backend), 0)) {
      assertThat(stage.stateEntries()).as("the call and its waiting chunks").isEqualTo(2);

      stage.process(call.chunk(call.audio(1).setConsent(Consent.DENIED)));

      assertThat(stage.stateEntries()).as("the tombstone").isEqualTo(1);
    }
  }

  private OperatorSubtaskState formerSnapshot(Backend backend) throws Exception {
    try (KeyedStage<Chunk, Either<OrderedChunk, CallEnd>> stage =
        KeyedStage.open(FormerOrderFunction.STAGE, backend)) {
      for (long index : BEFORE) {
        stage.process(call.chunk(index));
      }
      return stage.snapshot();
    }
  }
}

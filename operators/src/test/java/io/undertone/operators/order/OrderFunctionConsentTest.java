package io.undertone.operators.order;

import static io.undertone.operators.order.OrderStage.LIMITS;
import static io.undertone.operators.order.OrderStage.OPTIONS;
import static io.undertone.operators.order.OrderStage.ends;
import static io.undertone.operators.order.OrderStage.indexes;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.CallEnd;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.TestCall;
import io.undertone.schemas.Consent;
import io.undertone.schemas.EndReason;
import java.util.List;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderFunctionConsentTest {
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
  void deniedConsentEndsTheCallAtOnceAndForGood() throws Exception {
    stage.process(0, 1, 3);
    stage.process(call.chunk(call.audio(2).setConsent(Consent.DENIED)));
    stage.process(4, 1, 5);

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactly(0L, 1L);
    assertThat(ends(steps)).extracting(CallEnd::reason).containsExactly(EndReason.CONSENT_DENIED);
    assertThat(stage.drain(DeadLetters.LATE)).isEmpty();
    assertThat(stage.drain(DeadLetters.TAG)).isEmpty();
    assertThat(stage.count("deniedChunks")).isEqualTo(4);
  }

  @Test
  void consentDeniedInTheFirstChunkDropsTheWholeCall() throws Exception {
    stage.process(call.chunk(call.audio(0).setConsent(Consent.DENIED)));
    stage.process(1, 2, 3);

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).isEmpty();
    assertThat(ends(steps)).extracting(CallEnd::reason).containsExactly(EndReason.CONSENT_DENIED);
    assertThat(stage.timers()).as("that of the tombstone").isEqualTo(1);
  }

  @Test
  void aDeniedCallStaysDeniedWhileChunksArrive() throws Exception {
    stage.process(call.chunk(call.audio(0).setConsent(Consent.DENIED)));
    stage.drain();
    for (int i = 1; i <= 5; i++) {
      stage.pass(LIMITS.deniedTtlMs() - 1);
      stage.process(i);
    }

    assertThat(stage.drain()).isEmpty();
  }

  @Test
  void aDenialOutlivesDowntime() throws Exception {
    stage.process(0);
    stage.process(call.chunk(call.audio(1).setConsent(Consent.DENIED)));
    var snapshot = stage.snapshot();
    long downtimeMs = 10 * LIMITS.deniedTtlMs();
    try (var restored = OrderStage.restore(OPTIONS, Backend.HASH_MAP, snapshot, downtimeMs)) {
      restored.setTimeMs(downtimeMs + 1);
      restored.process(2, 3);

      assertThat(restored.drain()).isEmpty();
      assertThat(restored.count("deniedChunks")).isEqualTo(2);
    }
  }

  @Test
  void aDenialIsForgottenInTheTimeOfItsPartition() throws Exception {
    stage.process(call.chunk(call.audio(0).setConsent(Consent.DENIED)));
    stage.pass(LIMITS.deniedTtlMs() - 1);
    assertThat(stage.stateEntries()).isEqualTo(1);

    // The stage looks from time to time.
    stage.pass(LIMITS.deniedTtlMs() / 10);

    assertThat(stage.stateEntries()).isZero();
    assertThat(stage.timers()).isZero();
  }

  @Test
  void aDenialOutlivesThatOfAnEndedCall() throws Exception {
    stage.process(0);
    stage.endSilently();
    stage.process(call.chunk(call.audio(1).setConsent(Consent.DENIED)));
    stage.drain();
    stage.pass(LIMITS.deniedTtlMs() - 1);

    stage.process(2);

    assertThat(stage.drain()).isEmpty();
  }

  @Test
  void consentDeniedAfterTheEndKeepsLaterChunksOutOfLate() throws Exception {
    stage.process(0);
    stage.endSilently();
    stage.drain();

    stage.process(call.chunk(call.audio(1).setConsent(Consent.DENIED)));
    stage.process(2);

    assertThat(stage.drain()).isEmpty();
    assertThat(stage.drain(DeadLetters.LATE)).isEmpty();
  }
}

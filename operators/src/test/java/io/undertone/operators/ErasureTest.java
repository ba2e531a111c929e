package io.undertone.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.decode.IncomingRecord;
import io.undertone.operators.order.CallLimits;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.LiveTopic;
import io.undertone.operators.testing.TestCall;
import io.undertone.operators.testing.TestPipeline;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.ErasureRecord;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.ForgetConversation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request to forget a call erases it in all stages, and nothing of it is analysed afterwards. */
class ErasureTest {
  private static final long REQUEST_OFFSET = 7;

  private final TestCall call = TestCall.ofSeconds("call-1", 10);
  private final ForgetConversation request =
      ForgetConversation.newBuilder()
          .setTenant("acme")
          .setConversationId("call-1")
          .setRequestedBy("anna")
          .setReason("article 17, request 4711")
          .setRequestTimeMs(1_700_000_123_456L)
          .build();

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aCallInProgressIsErasedInEveryStage(Backend backend) throws Exception {
    TestPipeline.Snapshot snapshot;
    try (TestPipeline pipeline = TestPipeline.open(backend)) {
      play(0, 225, pipeline);
      // Its audio waits for the chunk before it.
      pipeline.process(call.record(226));
      snapshot = pipeline.snapshot();
    }
    try (TestPipeline pipeline = TestPipeline.restore(backend, 2, snapshot)) {
      pipeline.control(record(request));
      play(225, call.chunks(), pipeline);

      EmotionEvent erased = pipeline.events().get(0);
      assertThat(pipeline.events()).hasSize(1);
      assertThat(erased.getKind()).isEqualTo(EventKind.ERASED);
      assertThat(erased.getTenant()).isEqualTo("acme");
      assertThat(erased.getConversationId()).isEqualTo("call-1");
      assertThat(erased.getEmotion()).isNull();
      assertThat(erased.getProbabilities()).isEmpty();
      assertThat(erased.getConversation()).isNull();
      assertThat(erased.getRevision()).isEqualTo(REQUEST_OFFSET);
      assertThat(pipeline.drainDeadLetters()).isEmpty();
      assertThat(pipeline.drainLate()).isEmpty();
    }
  }

  @Test
  void onlyTheDenialRemains() throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      play(0, 225, pipeline);
      pipeline.process(call.record(226));
      pipeline.control(record(request));

      assertThat(pipeline.stateEntriesAfterOrder()).isZero();
      assertThat(pipeline.stateEntriesOfOrder()).isEqualTo(1);
    }
  }

  @Test
  void anErasureLeavesEvidence() throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      play(0, 225, pipeline);
      pipeline.control(record(request));

      assertThat(pipeline.drainErasures())
          .containsExactly(
              ErasureRecord.newBuilder()
                  .setTenant("acme")
                  .setConversationId("call-1")
                  .setRequestedBy("anna")
                  .setReason("article 17, request 4711")
                  .setRequestTimeMs(1_700_000_123_456L)
                  .setTopic("control")
                  .setPartition(0)
                  .setOffset(REQUEST_OFFSET)
                  .setErasedTimeMs(0)
                  .setUtterances(2)
                  .build());
    }
  }

  /** Its events are with the consumers, whatever the job remembers of the call. */
  @ParameterizedTest
  @ValueSource(longs = {0, 500})
  void consumersAreToldToForgetACallThatIsUnknownOrOver(long chunks) throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      play(0, chunks, pipeline);
      int before = pipeline.events().size();
      pipeline.control(record(request));
      play(0, call.chunks(), pipeline);

      assertThat(pipeline.events().subList(before, pipeline.events().size()))
          .extracting(EmotionEvent::getKind)
          .containsExactly(EventKind.ERASED);
    }
  }

  @Test
  void aSecondRequestHasAnEventOfItsOwn() throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      pipeline.control(record(request));
      pipeline.control(
          new IncomingRecord("control", 0, REQUEST_OFFSET + 1, null, encoded(request), 0));

      assertThat(pipeline.events())
          .extracting(EmotionEvent::getKind)
          .containsOnly(EventKind.ERASED);
      assertThat(pipeline.events())
          .extracting(EmotionEvent::getEventId)
          .hasSize(2)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void theTimeoutOfAnErasedCallEndsNothing() throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      LiveTopic topic = LiveTopic.of(pipeline);
      topic.write(call, 0, 225, 0);
      pipeline.control(record(request));
      int before = pipeline.events().size();
      topic.pass(CallLimits.defaults().conversationTimeoutMs() + 20_000, 0);

      assertThat(pipeline.events()).hasSize(before);
    }
  }

  @Test
  void otherCallsGoOn() throws Exception {
    TestCall other = TestCall.ofSeconds("call-2", 10);
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      for (long index = 0; index < other.chunks(); index++) {
        pipeline.process(other.record(index));
        if (index == 225) {
          pipeline.control(record(request));
        }
      }

      assertThat(pipeline.events())
          .filteredOn(event -> event.getConversationId().equals("call-2"))
          .hasSize(6);
    }
  }

  @Test
  void anUnusableRequestBecomesADeadLetter() throws Exception {
    ForgetConversation nobody = ForgetConversation.newBuilder(request).setRequestedBy(" ").build();
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      pipeline.control(new IncomingRecord("control", 0, 1, null, call.record(0).value(), 0));
      pipeline.control(new IncomingRecord("control", 0, 2, null, null, 0));
      pipeline.control(record(nobody));

      List<DeadLetter> letters = pipeline.drainDeadLetters();
      assertThat(letters)
          .extracting(DeadLetter::getReason)
          .containsExactly(
              DeadLetterReason.MALFORMED, DeadLetterReason.MALFORMED, DeadLetterReason.INVALID);
      assertThat(letters.get(2).getMessage()).contains("requestedBy must not be blank");
      assertThat(letters.get(2).getTopic()).isEqualTo("control");
      assertThat(pipeline.events()).isEmpty();
    }
  }

  private void play(long from, long to, TestPipeline pipeline) throws Exception {
    for (long index = from; index < to; index++) {
      pipeline.process(call.record(index));
    }
  }

  private static IncomingRecord record(ForgetConversation request) throws IOException {
    return new IncomingRecord("control", 0, REQUEST_OFFSET, null, encoded(request), 0);
  }

  private static byte[] encoded(ForgetConversation request) throws IOException {
    ByteBuffer encoded = ForgetConversation.getEncoder().encode(request);
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }
}

package io.undertone.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.decode.IncomingRecord;
import io.undertone.operators.order.CallLimits;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.LiveTopic;
import io.undertone.operators.testing.TestCall;
import io.undertone.operators.testing.TestPipeline;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EndReason;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Calls without chunks: which ones end, and when. The limits are the defaults. */
class SilenceTest {
  private static final CallLimits LIMITS = CallLimits.defaults();
  private static final long MINUTE_MS = 60_000;

  private final TestCall call = TestCall.ofSeconds("call-1", 10);
  private final TestCall other = TestCall.ofSeconds("call-2", 10);

  @Test
  void aPartitionThatStallsForSixMinutesEndsNoCall() throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      LiveTopic topic = LiveTopic.of(pipeline);
      topic.write(call, 0, 250, 0);
      topic.write(other, 0, 250, 0);
      topic.pass(6 * MINUTE_MS, 1);
      topic.write(call, 250, 500, 0);
      topic.write(other, 250, 500, 0);

      assertThat(endReasons(pipeline)).containsExactly(EndReason.LAST_CHUNK, EndReason.LAST_CHUNK);
      assertThat(pipeline.drainLate()).isEmpty();
    }
  }

  @Test
  void aStalledPartitionDoesNotHoldBackTheOthers() throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      LiveTopic topic = LiveTopic.of(pipeline);
      topic.write(call, 0, 250, 0);
      topic.write(other, 0, 250, 1);
      topic.pass(6 * MINUTE_MS, 1);

      assertThat(ends(pipeline))
          .extracting(EmotionEvent::getConversationId)
          .containsExactly("call-2");
      assertThat(endReasons(pipeline)).containsExactly(EndReason.TIMEOUT);
    }
  }

  @Test
  void aDeadCallAloneOnItsPartitionEndsAsStalledAndKeepsNoMemory() throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      LiveTopic topic = LiveTopic.of(pipeline);
      topic.write(call, 0, 250, 0);
      topic.pass(LIMITS.stalledTimeoutMs() - MINUTE_MS, 1);
      assertThat(ends(pipeline)).isEmpty();

      topic.pass(6 * MINUTE_MS, 1);

      assertThat(endReasons(pipeline)).containsExactly(EndReason.STALLED);
      assertThat(pipeline.stateEntriesAfterOrder()).isZero();
    }
  }

  @Test
  void everySubtaskLearnsTheTimeOfAPartition() throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP, 5)) {
      LiveTopic topic = LiveTopic.of(pipeline);
      int calls = 20;
      for (int i = 0; i < calls; i++) {
        topic.write(TestCall.ofSeconds("call-" + i, 4), 0, 10, 0);
      }
      // Their chunks reach no order subtask.
      topic.pass(LIMITS.conversationTimeoutMs() + MINUTE_MS, 0);

      assertThat(endReasons(pipeline)).hasSize(calls).containsOnly(EndReason.TIMEOUT);
    }
  }

  @Test
  void holdsOfTwoMinutesUnderThreeTimesTheSustainableLoadEndNoCall() throws Exception {
    List<EmotionEvent> sustained;
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      sustained = withHolds(pipeline, LiveTopic.of(pipeline));
    }

    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      List<EmotionEvent> overloaded = withHolds(pipeline, LiveTopic.overloaded(pipeline, 3));

      assertThat(endReasons(pipeline)).hasSize(4).containsOnly(EndReason.LAST_CHUNK);
      assertThat(pipeline.drainLate()).isEmpty();
      assertThat(overloaded).isEqualTo(sustained);
    }
  }

  @Test
  void aBacklogGivesTheEventsOfTheLiveTopic() throws Exception {
    List<IncomingRecord> records = new ArrayList<>();
    long timestampMs = TestCall.CALL_BEGIN_MS;
    for (long index = 0; index < 500; index++) {
      timestampMs += index == 250 ? 0 : TestCall.CHUNK_MS;
      if (index == 250) {
        // The call pauses for longer than the timeout; other calls go on.
        for (int second = 0; second < 310; second++) {
          timestampMs += 1_000;
          records.add(other.record(other.audio(0).setRole(Role.AGENT), 0, timestampMs));
        }
      }
      records.add(call.record(call.audio(index), 0, timestampMs));
    }

    List<EmotionEvent> backlog;
    int late;
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      for (IncomingRecord record : records) {
        pipeline.process(record);
      }
      backlog = pipeline.events();
      late = pipeline.drainLate().size();
    }
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      for (IncomingRecord record : records) {
        pipeline.setTimeMs(record.timestampMs() - TestCall.CALL_BEGIN_MS);
        pipeline.process(record);
      }

      assertThat(pipeline.events()).isEqualTo(backlog);
      assertThat(endReasons(pipeline)).containsExactly(EndReason.TIMEOUT);
      assertThat(pipeline.drainLate()).hasSize(late).hasSize(250);
    }
  }

  @Test
  void aWrongTimestampEndsNoCall() throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      LiveTopic topic = LiveTopic.of(pipeline);
      topic.write(call, 0, 250, 0);
      long yearMs = 365 * 86_400_000L;
      pipeline.process(other.record(other.audio(0), 0, TestCall.CALL_BEGIN_MS + yearMs));
      topic.write(other, 1, 500, 0);
      topic.write(call, 250, 500, 0);

      assertThat(endReasons(pipeline)).containsExactly(EndReason.LAST_CHUNK, EndReason.LAST_CHUNK);
    }
  }

  @Test
  void aRestoreAtAnotherParallelismKeepsTheTimesOfPartitions() throws Exception {
    TestPipeline.Snapshot snapshot;
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      LiveTopic topic = LiveTopic.of(pipeline);
      topic.write(other, 0, 250, 0);
      // The partition has stalled, so that its time is not that of its records.
      topic.pass(30 * MINUTE_MS, 1);
      topic.write(other, 250, 499, 0);
      topic.write(call, 0, 250, 0);
      snapshot = pipeline.snapshot();
    }
    try (TestPipeline pipeline = TestPipeline.restore(Backend.HASH_MAP, 3, snapshot)) {
      LiveTopic topic = LiveTopic.of(pipeline);
      topic.pass(31 * MINUTE_MS, 1);
      topic.write(call, 250, 500, 0);

      assertThat(endReasons(pipeline)).containsExactly(EndReason.LAST_CHUNK);
    }
  }

  /** Four calls; each is on hold for two minutes, and the other three go on. */
  private static List<EmotionEvent> withHolds(TestPipeline pipeline, LiveTopic topic)
      throws Exception {
    List<TestCall> calls =
        IntStream.range(0, 4).mapToObj(i -> TestCall.ofSeconds("call-" + i, 10)).toList();
    for (TestCall one : calls) {
      topic.write(one, 0, 200, 0);
    }
    topic.pass(2 * MINUTE_MS, 0);
    for (TestCall one : calls) {
      topic.write(one, 200, 500, 0);
    }
    return pipeline.events();
  }

  private static List<EmotionEvent> ends(TestPipeline pipeline) {
    return pipeline.events().stream()
        .filter(event -> event.getKind() == EventKind.CONVERSATION)
        .toList();
  }

  private static List<EndReason> endReasons(TestPipeline pipeline) {
    return ends(pipeline).stream().map(event -> event.getConversation().getEndReason()).toList();
  }
}

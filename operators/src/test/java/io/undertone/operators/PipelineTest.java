package io.undertone.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.decode.IncomingRecord;
import io.undertone.operators.order.CallLimits;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.LiveTopic;
import io.undertone.operators.testing.TestCall;
import io.undertone.operators.testing.TestPipeline;
import io.undertone.schemas.Consent;
import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EndReason;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PipelineTest {
  private final TestCall call = TestCall.ofSeconds("call-1", 10);

  @Test
  void aCallYieldsAnEventPerUtteranceAndASummary() throws Exception {
    List<EmotionEvent> events = run(ordered(call));

    assertThat(events)
        .extracting(EmotionEvent::getKind)
        .containsExactly(
            EventKind.UTTERANCE,
            EventKind.UTTERANCE,
            EventKind.UTTERANCE,
            EventKind.UTTERANCE,
            EventKind.UTTERANCE,
            EventKind.CONVERSATION);
    assertThat(events).extracting(EmotionEvent::getUpdateStep).containsExactly(1, 2, 3, 4, 5, 5);
    assertThat(events).extracting(EmotionEvent::getEventId).doesNotHaveDuplicates();
    assertThat(events.get(5).getConversation().getEndReason()).isEqualTo(EndReason.LAST_CHUNK);
  }

  @Test
  void aJobWithoutStateGivesNoOtherUtteranceTheSameId() throws Exception {
    List<EmotionEvent> first = run(ordered(call));
    // In the middle of the third utterance, and where the detector's frames of 32 ms meet.
    List<EmotionEvent> second = run(ordered(call).subList(224, (int) call.chunks()));

    Map<String, Long> begins =
        first.stream()
            .collect(
                Collectors.toMap(EmotionEvent::getEventId, EmotionEvent::getBeginOffsetMillis));
    assertThat(second)
        .extracting(event -> begins.containsKey(event.getEventId()))
        .containsExactly(false, true, true, false);
    assertThat(second)
        .filteredOn(event -> begins.containsKey(event.getEventId()))
        .allSatisfy(
            event ->
                assertThat(event.getBeginOffsetMillis()).isEqualTo(begins.get(event.getEventId())));
  }

  @Test
  void aCallThatEndsElsewhereInAReplayHasAnEndOfItsOwnAndARevisedUtterance() throws Exception {
    List<EmotionEvent> first;
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      LiveTopic topic = LiveTopic.of(pipeline);
      topic.write(call, 0, 225, 0);
      topic.pass(CallLimits.defaults().conversationTimeoutMs() + 20_000, 0);
      first = pipeline.events();
    }
    List<EmotionEvent> replay = run(ordered(call));

    EmotionEvent cutShort = first.get(2);
    EmotionEvent whole = replay.get(2);
    assertThat(cutShort.getEndOffsetMillis()).isLessThan(whole.getEndOffsetMillis());
    assertThat(cutShort.getEventId()).isEqualTo(whole.getEventId());
    assertThat(cutShort.getRevision()).isLessThan(whole.getRevision());
    assertThat(first.subList(0, 2)).isEqualTo(replay.subList(0, 2));
    assertThat(last(first).getKind()).isEqualTo(EventKind.CONVERSATION);
    assertThat(last(first).getEventId()).isNotEqualTo(last(replay).getEventId());
  }

  @Test
  void shuffledAndDuplicatedChunksGiveTheEventsOfOrderedOnes() throws Exception {
    List<EmotionEvent> ordered = run(ordered(call));

    for (int seed = 0; seed < 5; seed++) {
      assertThat(withoutDuplicateCounts(run(shuffledAndDuplicated(call, seed)))).isEqualTo(ordered);
    }
  }

  @Test
  void concurrentCallsDoNotAffectEachOther() throws Exception {
    List<TestCall> calls =
        List.of(call, TestCall.ofSeconds("call-2", 7), TestCall.ofSeconds("call-3", 4));
    List<EmotionEvent> alone = new ArrayList<>();
    for (TestCall each : calls) {
      alone.addAll(run(ordered(each)));
    }

    List<IncomingRecord> together = new ArrayList<>();
    for (long index = 0; index < call.chunks(); index++) {
      for (TestCall each : calls) {
        if (index < each.chunks()) {
          together.add(each.record(index));
        }
      }
    }

    assertThat(run(together)).containsExactlyInAnyOrderElementsOf(alone);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aRestoreAtAnotherParallelismChangesNoEvent(Backend backend) throws Exception {
    List<IncomingRecord> interleaved = interleaved(6, 4);
    List<EmotionEvent> uninterrupted = run(interleaved);

    List<EmotionEvent> events = new ArrayList<>();
    TestPipeline pipeline = TestPipeline.open(backend);
    for (int i = 0; i < interleaved.size(); i++) {
      if (i == interleaved.size() / 3 || i == interleaved.size() / 2) {
        TestPipeline.Snapshot snapshot = pipeline.snapshot();
        events.addAll(pipeline.events());
        pipeline.close();
        pipeline = TestPipeline.restore(backend, i == interleaved.size() / 3 ? 3 : 2, snapshot);
      }
      pipeline.process(interleaved.get(i));
    }
    events.addAll(pipeline.events());
    pipeline.close();

    assertThat(events).containsExactlyInAnyOrderElementsOf(uninterrupted);
  }

  @Test
  void malformedRecordsChangeNoEvent() throws Exception {
    List<EmotionEvent> events;
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      for (IncomingRecord record : ordered(call)) {
        pipeline.process(record);
        pipeline.process(
            new IncomingRecord("audio", 1, 5, null, new byte[] {(byte) 0xc3, 1, 2}, 0));
      }
      events = pipeline.events();
      assertThat(pipeline.drainDeadLetters()).hasSize((int) call.chunks());
    }

    assertThat(events).isEqualTo(run(ordered(call)));
  }

  @Test
  void lostChunksAreCountedAndTheRestIsProcessed() throws Exception {
    List<IncomingRecord> lossy = new ArrayList<>(ordered(call));
    lossy.subList(20, 25).clear();

    List<EmotionEvent> events = run(lossy);

    assertThat(events).hasSize(6);
    assertThat(events.get(0).getMissingAudioMillis()).isEqualTo(100);
    ConversationCharacteristics conversation = events.get(5).getConversation();
    assertThat(conversation.getMissingChunks()).isEqualTo(5);
    assertThat(conversation.getMissingAudioMillis()).isEqualTo(100);
  }

  @Test
  void aChunkAfterTheReorderBoundIsLateAndCounted() throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      for (long index = 0; index < call.chunks() - 1; index++) {
        if (index != 10) {
          pipeline.process(call.record(index));
        }
      }
      pipeline.process(call.record(10));
      pipeline.process(call.record(call.chunks() - 1));

      assertThat(pipeline.drainLate()).hasSize(1);
      assertThat(last(pipeline.events()).getConversation().getLateChunks()).isEqualTo(1);
    }
  }

  @Test
  void anInactiveCallEndsByTimeoutAndLeavesOnlyATombstone() throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      LiveTopic topic = LiveTopic.of(pipeline);
      topic.write(call, 0, 120, 0);
      topic.pass(CallLimits.defaults().conversationTimeoutMs() + 20_000, 0);

      assertThat(last(pipeline.events()).getConversation().getEndReason())
          .isEqualTo(EndReason.TIMEOUT);
      assertThat(pipeline.events()).hasSize(3);
      assertThat(pipeline.stateEntriesAfterOrder()).isZero();
      assertThat(pipeline.stateEntriesOfOrder()).isEqualTo(1);
    }
  }

  @Test
  void deniedConsentErasesTheCallAndItsSummaryIsEmpty() throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      for (long index = 0; index < 120; index++) {
        pipeline.process(call.record(index));
      }
      pipeline.process(call.record(call.audio(120).setConsent(Consent.DENIED)));
      for (long index = 121; index < call.chunks(); index++) {
        pipeline.process(call.record(index));
      }

      EmotionEvent end = last(pipeline.events());
      assertThat(end.getConversation().getEndReason()).isEqualTo(EndReason.CONSENT_DENIED);
      assertThat(end.getEmotion()).isNull();
      assertThat(end.getProbabilities()).isEmpty();
      assertThat(end.getConversation().getOverallEmotion()).isNull();
      assertThat(pipeline.events()).hasSize(2);
      assertThat(pipeline.stateEntriesAfterOrder()).isZero();
      assertThat(pipeline.drainDeadLetters()).isEmpty();
      assertThat(pipeline.drainLate()).isEmpty();
    }
  }

  @Test
  void anAgentsChannelLeavesNoTrace() throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      for (long index = 0; index < call.chunks(); index++) {
        pipeline.process(call.record(call.audio(index).setRole(Role.AGENT)));
      }

      assertThat(pipeline.events()).isEmpty();
      assertThat(pipeline.stateEntriesOfOrder()).isZero();
      assertThat(pipeline.stateEntriesAfterOrder()).isZero();
      assertThat(pipeline.drainDeadLetters()).isEmpty();
    }
  }

  private static List<EmotionEvent> run(List<IncomingRecord> records) throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(Backend.HASH_MAP)) {
      for (IncomingRecord record : records) {
        pipeline.process(record);
      }
      return pipeline.events();
    }
  }

  private static List<IncomingRecord> ordered(TestCall call) {
    return LongStream.range(0, call.chunks()).mapToObj(call::record).toList();
  }

  /** Shuffles chunks within a second; 10 of every 50 are duplicated. */
  private static List<IncomingRecord> shuffledAndDuplicated(TestCall call, int seed) {
    Random random = new Random(seed);
    List<IncomingRecord> records = new ArrayList<>();
    for (int from = 0; from < call.chunks(); from += 50) {
      List<IncomingRecord> window =
          new ArrayList<>(ordered(call).subList(from, (int) Math.min(call.chunks(), from + 50)));
      window.addAll(List.copyOf(window.subList(0, 10)));
      Collections.shuffle(window, random);
      records.addAll(window);
    }
    return records;
  }

  /** Interleaved calls, each shuffled and with duplicates. */
  private static List<IncomingRecord> interleaved(int calls, int seconds) {
    List<List<IncomingRecord>> all = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      all.add(shuffledAndDuplicated(TestCall.ofSeconds("call-" + i, seconds), i));
    }
    List<IncomingRecord> interleaved = new ArrayList<>();
    for (int at = 0; at < all.get(0).size(); at++) {
      for (List<IncomingRecord> one : all) {
        interleaved.add(one.get(at));
      }
    }
    return interleaved;
  }

  /** Removes the duplicate counts, which differ by input. */
  private static List<EmotionEvent> withoutDuplicateCounts(List<EmotionEvent> events) {
    events.stream()
        .filter(event -> event.getConversation() != null)
        .forEach(event -> event.getConversation().setDuplicateChunks(0));
    return events;
  }

  private static EmotionEvent last(List<EmotionEvent> events) {
    return events.get(events.size() - 1);
  }
}

package io.undertone.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.decode.IncomingRecord;
import io.undertone.operators.order.OrderOptions;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.Road;
import io.undertone.operators.testing.TestCall;
import io.undertone.schemas.Consent;
import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EndReason;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoadTest {
  private final TestCall call = TestCall.ofSeconds("call-1", 10);

  @Test
  void aCallBecomesAnEventForEachUtteranceAndOneForTheWhole() throws Exception {
    List<EmotionEvent> events = travel(ordered(call));

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
  void shuffledAndDuplicatedChunksGiveTheSameEventsAsOrderedOnes() throws Exception {
    List<EmotionEvent> ordered = travel(ordered(call));

    for (int seed = 0; seed < 5; seed++) {
      assertThat(withoutDuplicateCounts(travel(shuffledAndDuplicated(call, seed))))
          .isEqualTo(ordered);
    }
  }

  @Test
  void callsThatTravelTogetherAreHeardAsThoughAlone() throws Exception {
    List<TestCall> calls =
        List.of(call, TestCall.ofSeconds("call-2", 7), TestCall.ofSeconds("call-3", 4));
    List<EmotionEvent> alone = new ArrayList<>();
    for (TestCall each : calls) {
      alone.addAll(travel(ordered(each)));
    }

    List<IncomingRecord> together = new ArrayList<>();
    for (long index = 0; index < call.chunks(); index++) {
      for (TestCall each : calls) {
        if (index < each.chunks()) {
          together.add(each.record(index));
        }
      }
    }

    assertThat(travel(together)).containsExactlyInAnyOrderElementsOf(alone);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aRestoreAtAnotherParallelismChangesNoEvent(Backend backend) throws Exception {
    List<IncomingRecord> interleaved = interleaved(6, 4);
    List<EmotionEvent> undisturbed = travel(interleaved);

    List<EmotionEvent> events = new ArrayList<>();
    Road road = Road.open(backend);
    for (int i = 0; i < interleaved.size(); i++) {
      if (i == interleaved.size() / 3 || i == interleaved.size() / 2) {
        Road.Snapshot snapshot = road.snapshot();
        events.addAll(road.events());
        road.close();
        road = Road.restore(backend, i == interleaved.size() / 3 ? 3 : 2, snapshot);
      }
      road.process(interleaved.get(i));
    }
    events.addAll(road.events());
    road.close();

    assertThat(events).containsExactlyInAnyOrderElementsOf(undisturbed);
  }

  @Test
  void poisonBetweenChunksChangesNoEvent() throws Exception {
    List<EmotionEvent> events;
    try (Road road = Road.open(Backend.HASH_MAP)) {
      for (IncomingRecord record : ordered(call)) {
        road.process(record);
        road.process(new IncomingRecord("audio", 1, 5, null, new byte[] {(byte) 0xc3, 1, 2}, 0));
      }
      events = road.events();
      assertThat(road.drainDeadLetters()).hasSize((int) call.chunks());
    }

    assertThat(events).isEqualTo(travel(ordered(call)));
  }

  @Test
  void lostChunksAreCountedAndTheRestIsHeard() throws Exception {
    List<IncomingRecord> lossy = new ArrayList<>(ordered(call));
    lossy.subList(20, 25).clear();

    List<EmotionEvent> events = travel(lossy);

    assertThat(events).hasSize(6);
    assertThat(events.get(0).getMissingAudioMillis()).isEqualTo(100);
    ConversationCharacteristics conversation = events.get(5).getConversation();
    assertThat(conversation.getMissingChunks()).isEqualTo(5);
    assertThat(conversation.getMissingAudioMillis()).isEqualTo(100);
  }

  @Test
  void aChunkBehindTheBoundIsLateAndCounted() throws Exception {
    try (Road road = Road.open(Backend.HASH_MAP)) {
      for (long index = 0; index < call.chunks() - 1; index++) {
        if (index != 10) {
          road.process(call.record(index));
        }
      }
      road.process(call.record(10));
      road.process(call.record(call.chunks() - 1));

      assertThat(road.drainLate()).hasSize(1);
      assertThat(last(road.events()).getConversation().getLateChunks()).isEqualTo(1);
    }
  }

  @Test
  void aSilentCallEndsByTimeoutAndLeavesATombstoneOnly() throws Exception {
    try (Road road = Road.open(Backend.HASH_MAP)) {
      for (long index = 0; index < 120; index++) {
        road.process(call.record(index));
      }
      road.setTimeMs(OrderOptions.defaults().conversationTimeoutMs());

      assertThat(last(road.events()).getConversation().getEndReason()).isEqualTo(EndReason.TIMEOUT);
      assertThat(road.events()).hasSize(3);
      assertThat(road.stateEntriesBehindOrder()).isZero();
      assertThat(road.stateEntriesOfOrder()).isEqualTo(1);
    }
  }

  @Test
  void deniedConsentErasesTheCallAndSumsNothingUp() throws Exception {
    try (Road road = Road.open(Backend.HASH_MAP)) {
      for (long index = 0; index < 120; index++) {
        road.process(call.record(index));
      }
      road.process(call.record(call.audio(120).setConsent(Consent.DENIED)));
      for (long index = 121; index < call.chunks(); index++) {
        road.process(call.record(index));
      }

      EmotionEvent end = last(road.events());
      assertThat(end.getConversation().getEndReason()).isEqualTo(EndReason.CONSENT_DENIED);
      assertThat(end.getEmotion()).isNull();
      assertThat(end.getProbabilities()).isEmpty();
      assertThat(end.getConversation().getOverallEmotion()).isNull();
      assertThat(road.events()).hasSize(2);
      assertThat(road.stateEntriesBehindOrder()).isZero();
      assertThat(road.drainDeadLetters()).isEmpty();
      assertThat(road.drainLate()).isEmpty();
    }
  }

  @Test
  void anAgentsChannelLeavesNoTrace() throws Exception {
    try (Road road = Road.open(Backend.HASH_MAP)) {
      for (long index = 0; index < call.chunks(); index++) {
        road.process(call.record(call.audio(index).setRole(Role.AGENT)));
      }

      assertThat(road.events()).isEmpty();
      assertThat(road.stateEntriesOfOrder()).isZero();
      assertThat(road.stateEntriesBehindOrder()).isZero();
      assertThat(road.drainDeadLetters()).isEmpty();
    }
  }

  private static List<EmotionEvent> travel(List<IncomingRecord> records) throws Exception {
    try (Road road = Road.open(Backend.HASH_MAP)) {
      for (IncomingRecord record : records) {
        road.process(record);
      }
      return road.events();
    }
  }

  private static List<IncomingRecord> ordered(TestCall call) {
    return LongStream.range(0, call.chunks()).mapToObj(call::record).toList();
  }

  /** Chunks stray by up to a second, and ten of each fifty come twice. */
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

  /** Calls side by side, each shuffled and with duplicates. */
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

  /** How many duplicates came is told by the input, not by the call. */
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

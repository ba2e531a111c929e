package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Events without regard to the order in which calls were heard. */
final class EventSets {

  private EventSets() {}

  /** By their ids; an event that came twice must have been the same. */
  static SortedMap<String, EmotionEvent> byId(List<EmotionEvent> events) {
    SortedMap<String, EmotionEvent> byId = new TreeMap<>();
    for (EmotionEvent event : events) {
      EmotionEvent before = byId.putIfAbsent(event.getEventId(), event);
      if (before != null) {
        assertThat(event).as("an event that came again").isEqualTo(before);
      }
    }
    return byId;
  }

  /** Each call's events by their ids, in the order in which they were written. */
  static SortedMap<String, List<String>> orderOfCalls(List<EmotionEvent> events) {
    SortedMap<String, List<String>> ids = new TreeMap<>();
    for (EmotionEvent event : events) {
      ids.computeIfAbsent(event.getConversationId(), call -> new ArrayList<>())
          .add(event.getEventId());
    }
    return ids;
  }

  /** Whether so many calls have ended. */
  static Predicate<List<EmotionEvent>> endOf(int calls) {
    return events ->
        events.stream()
                .filter(event -> event.getKind() == EventKind.CONVERSATION)
                .map(EmotionEvent::getConversationId)
                .distinct()
                .count()
            == calls;
  }

  /** Compares numbers that may differ by rounding; equal up to 1e-4. */
  static int compareRounded(float one, float other) {
    return Math.abs(one - other) <= 1e-4f ? 0 : Float.compare(one, other);
  }

  static List<EmotionEvent> ofCall(String conversationId, List<EmotionEvent> events) {
    return events.stream()
        .filter(event -> event.getConversationId().equals(conversationId))
        .toList();
  }
}

package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Compares events independently of the order of the calls. */
final class EventSets {

  private EventSets() {}

  /** By id; checks that repeated events are equal. */
  static SortedMap<String, EmotionEvent> byId(List<EmotionEvent> events) {
    SortedMap<String, EmotionEvent> byId = new TreeMap<>();
    for (EmotionEvent event : events) {
      EmotionEvent before = byId.putIfAbsent(event.getEventId(), event);
      if (before != null) {
        assertThat(event).as("a repeated event").isEqualTo(before);
      }
    }
    return byId;
  }

  /** The ids of each call's events, in the order of the topic. */
  static SortedMap<String, List<String>> orderOfCalls(List<EmotionEvent> events) {
    SortedMap<String, List<String>> ids = new TreeMap<>();
    for (EmotionEvent event : events) {
      ids.computeIfAbsent(event.getConversationId(), call -> new ArrayList<>())
          .add(event.getEventId());
    }
    return ids;
  }

  /** Whether this many calls have ended. */
  static Predicate<List<EmotionEvent>> endOf(int calls) {
    return events ->
        events.stream()
                .filter(event -> event.getKind() == EventKind.CONVERSATION)
                .map(EmotionEvent::getConversationId)
                .distinct()
                .count()
            == calls;
  }

  /** Treats numbers as equal if they differ by at most 1e-4, as rounding makes them. */
  static int compareRounded(float one, float other) {
    return Math.abs(one - other) <= 1e-4f ? 0 : Float.compare(one, other);
  }

  static List<EmotionEvent> ofCall(String conversationId, List<EmotionEvent> events) {
    return events.stream()
        .filter(event -> event.getConversationId().equals(conversationId))
        .toList();
  }
}

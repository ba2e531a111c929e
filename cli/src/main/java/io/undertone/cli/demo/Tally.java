package io.undertone.cli.demo;

import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Counts events. */
final class Tally {
  private final Set<String> endedCalls = new HashSet<>();
  private long utterances;
  private long events;

  void add(EmotionEvent event) {
    events++;
    if (event.getKind() == EventKind.CONVERSATION || event.getKind() == EventKind.ERASED) {
      endedCalls.add(event.getTenant() + '/' + event.getConversationId());
    } else if (event.getKind() == EventKind.UTTERANCE) {
      utterances++;
    }
  }

  /** How many calls have had their summary, or were erased. */
  long endedCalls() {
    return endedCalls.size();
  }

  /** The counts under the names that scripts read. */
  Map<String, Long> counts(long deadLetters, long late) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("calls", endedCalls());
    counts.put("utterances", utterances);
    counts.put("events", events);
    counts.put("deadLetters", deadLetters);
    counts.put("late", late);
    return counts;
  }
}

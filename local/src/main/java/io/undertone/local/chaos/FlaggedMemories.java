package io.undertone.local.chaos;

import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Memories that are not what they would have been, and whose events say so: an utterance was shed,
 * or the memory began anew. From there on its estimates cannot be those of the other run.
 */
final class FlaggedMemories {
  /** By memory, the begin of the first utterance that one run alone has flagged. */
  private final Map<String, Long> since = new HashMap<>();

  private FlaggedMemories() {}

  /** Those that two runs have not in common. */
  static FlaggedMemories ofOneRunOnly(List<EmotionEvent> one, List<EmotionEvent> other) {
    FlaggedMemories flagged = new FlaggedMemories();
    flagged.addFlagsOf(one, flagsOf(other));
    flagged.addFlagsOf(other, flagsOf(one));
    return flagged;
  }

  /** Whether the content of an event depends on such a memory. */
  boolean concern(EmotionEvent event) {
    if (event.getKind() == EventKind.CONVERSATION) {
      String call = callOf(event);
      return since.keySet().stream().anyMatch(memory -> memory.startsWith(call));
    }
    return event.getBeginOffsetMillis() >= since.getOrDefault(memoryOf(event), Long.MAX_VALUE);
  }

  private void addFlagsOf(List<EmotionEvent> events, Set<String> flagsOfOther) {
    for (EmotionEvent event : events) {
      if (isFlagged(event) && !flagsOfOther.contains(flagOf(event))) {
        since.merge(memoryOf(event), event.getBeginOffsetMillis(), Math::min);
      }
    }
  }

  private static Set<String> flagsOf(List<EmotionEvent> events) {
    return events.stream()
        .filter(FlaggedMemories::isFlagged)
        .map(FlaggedMemories::flagOf)
        .collect(Collectors.toSet());
  }

  private static boolean isFlagged(EmotionEvent event) {
    return event.getShed() != null || event.getMemoryReset() != null;
  }

  private static String flagOf(EmotionEvent event) {
    return event.getEventId() + event.getShed() + event.getMemoryReset();
  }

  private static String callOf(EmotionEvent event) {
    return event.getTenant() + "/" + event.getConversationId() + "\0";
  }

  private static String memoryOf(EmotionEvent event) {
    return callOf(event) + event.getChannel();
  }
}

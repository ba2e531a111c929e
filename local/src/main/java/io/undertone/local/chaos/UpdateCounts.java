package io.undertone.local.chaos;

import io.undertone.local.chaos.CheckResult.Findings;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many updates each memory must have had at each utterance: one for each utterance of its
 * channel, but for those that were shed, and counted anew from where the memory began anew.
 */
final class UpdateCounts {
  private final Map<String, Integer> unlearned = new HashMap<>();

  private UpdateCounts() {}

  /**
   * Compares with what the events say.
   *
   * @param events of one run
   */
  static void check(List<EmotionEvent> events, Findings findings) {
    UpdateCounts counts = new UpdateCounts();
    events.stream()
        .filter(event -> event.getKind() == EventKind.UTTERANCE)
        .sorted(Comparator.comparingInt(EmotionEvent::getUtteranceIndex))
        .forEach(event -> counts.check(event, findings));
  }

  private void check(EmotionEvent event, Findings findings) {
    String memory = event.getTenant() + "/" + event.getConversationId() + "\0" + event.getChannel();
    int index = event.getUtteranceIndex();
    if (event.getMemoryReset() != null) {
      unlearned.put(memory, index);
    }
    int before = unlearned.getOrDefault(memory, 0);
    int expected = event.getShed() == null ? index + 1 - before : 0;
    if (event.getUpdateStep() != expected) {
      findings.conflicting(
          "has the memory after %d updates instead of %d"
              .formatted(event.getUpdateStep(), expected),
          event);
    }
    if (event.getShed() != null) {
      unlearned.put(memory, before + 1);
    }
  }
}

package io.undertone.local.chaos;

import io.undertone.jobs.options.Delivery;
import io.undertone.local.chaos.CheckResult.Findings;
import io.undertone.schemas.EmotionEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the events of a disturbed run with those of an undisturbed one: each call must have the
 * same events, of the same content, in the same order. Where one run alone says that an utterance
 * was shed or a memory began anew, the rest of the channel is compared without its content. Apart
 * from that comparison, each memory must have learned each utterance once.
 */
final class EventChecker {
  private final Delivery delivery;
  private final EventEquality equality;

  /**
   * @param delivery at-least-once allows repeated events, if their content is the same
   * @param equality of content
   */
  EventChecker(Delivery delivery, EventEquality equality) {
    this.delivery = delivery;
    this.equality = equality;
  }

  /**
   * Compares two runs.
   *
   * @param undisturbed each call's events in the order of the topic
   * @param disturbed the same
   */
  CheckResult check(List<EmotionEvent> undisturbed, List<EmotionEvent> disturbed) {
    Findings findings = new Findings();
    Map<String, EmotionEvent> expected = firstById(undisturbed);
    Map<String, EmotionEvent> found = firstById(disturbed);
    for (EmotionEvent event : expected.values()) {
      if (!found.containsKey(event.getEventId())) {
        findings.lost(event);
      }
    }
    FlaggedMemories flagged = FlaggedMemories.ofOneRunOnly(undisturbed, disturbed);
    compareContent(expected, disturbed, flagged, findings);
    compareOrder(expected.values(), found.values(), findings);
    UpdateCounts.check(List.copyOf(found.values()), findings);
    return findings.of(found.size());
  }

  private void compareContent(
      Map<String, EmotionEvent> expected,
      List<EmotionEvent> disturbed,
      FlaggedMemories flagged,
      Findings findings) {
    Map<String, EmotionEvent> firsts = new HashMap<>();
    for (EmotionEvent event : disturbed) {
      EmotionEvent other = expected.get(event.getEventId());
      if (other == null) {
        findings.conflicting("is in no undisturbed run", event);
      } else if (!flagged.concern(event) && !equality.acrossRuns(other, event)) {
        findings.conflicting("differs from the undisturbed " + other, event);
      }
      EmotionEvent first = firsts.putIfAbsent(event.getEventId(), event);
      if (first != null) {
        compareRepetition(first, event, findings);
      }
    }
  }

  private void compareRepetition(EmotionEvent first, EmotionEvent repetition, Findings findings) {
    if (delivery == Delivery.EXACTLY_ONCE) {
      findings.conflicting("came twice", repetition);
    } else if (!equality.withinRun(first, repetition)) {
      findings.conflicting("repeats, with other content, " + first, repetition);
    }
  }

  /** Compares the order in which each call's events came first, without those that are lost. */
  private static void compareOrder(
      Collection<EmotionEvent> expected, Collection<EmotionEvent> found, Findings findings) {
    Map<String, List<EmotionEvent>> expectedByCall = byCall(expected);
    byCall(found)
        .forEach(
            (call, events) -> {
              Set<String> ids = new HashSet<>();
              events.forEach(event -> ids.add(event.getEventId()));
              List<EmotionEvent> order =
                  expectedByCall.getOrDefault(call, List.of()).stream()
                      .filter(event -> ids.contains(event.getEventId()))
                      .toList();
              for (int i = 0; i < order.size(); i++) {
                if (!order.get(i).getEventId().equals(events.get(i).getEventId())) {
                  findings.conflicting("came out of order", events.get(i));
                  return;
                }
              }
            });
  }

  private static Map<String, EmotionEvent> firstById(List<EmotionEvent> events) {
    Map<String, EmotionEvent> first = new LinkedHashMap<>();
    events.forEach(event -> first.putIfAbsent(event.getEventId(), event));
    return first;
  }

  private static Map<String, List<EmotionEvent>> byCall(Collection<EmotionEvent> events) {
    Map<String, List<EmotionEvent>> calls = new LinkedHashMap<>();
    for (EmotionEvent event : events) {
      calls
          .computeIfAbsent(
              event.getTenant() + "/" + event.getConversationId(), call -> new ArrayList<>())
          .add(event);
    }
    return calls;
  }
}

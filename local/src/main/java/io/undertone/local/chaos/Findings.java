package io.undertone.local.chaos;

import io.undertone.schemas.EmotionEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what a comparison finds; an event that is wrong in several ways counts once. */
final class Findings {
  private final Set<String> lost = new LinkedHashSet<>();
  private final Set<String> conflicting = new LinkedHashSet<>();
  private final List<String> messages = new ArrayList<>();

  void lost(EmotionEvent event) {
    lost.add(event.getEventId());
    messages.add("lost: " + event);
  }

  void conflicting(String how, EmotionEvent event) {
    conflicting.add(event.getEventId());
    messages.add(how + ": " + event);
  }

  CheckResult of(int events) {
    return new CheckResult(events, lost.size(), conflicting.size(), messages);
  }
}

package io.undertone.local.chaos;

import io.undertone.schemas.EmotionEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a comparison of a disturbed run with an undisturbed one found.
 *
 * @param events different events of the disturbed run
 * @param lost events of the undisturbed run that the disturbed one does not have
 * @param conflicting events that are not in the undisturbed run, that have other content or another
 *     place there, or that a memory learned not exactly once
 * @param messages a line for each finding
 */
public record CheckResult(int events, int lost, int conflicting, List<String> messages) {

  /** Collects what a comparison finds; an event that is wrong in several ways counts once. */
  static final class Findings {
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

  public CheckResult {
    messages = List.copyOf(messages);
  }

  /** Whether nothing is lost and nothing conflicts. */
  public boolean isClean() {
    return lost == 0 && conflicting == 0;
  }
}

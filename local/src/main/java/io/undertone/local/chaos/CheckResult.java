package io.undertone.local.chaos;

import java.util.List;

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

  public CheckResult {
    messages = List.copyOf(messages);
  }

  /** Whether nothing is lost and nothing conflicts. */
  public boolean isClean() {
    return lost == 0 && conflicting == 0;
  }
}

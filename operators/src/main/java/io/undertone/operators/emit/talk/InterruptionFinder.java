package io.undertone.operators.emit.talk;

import io.undertone.schemas.Interruptions;
import io.undertone.schemas.OffsetSpan;
import io.undertone.schemas.ParticipantRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds interruptions: one side begins while the other one speaks, both speak for a while, and the
 * one who spoke before ends first. So a short sign of listening is none, since the speaker goes on.
 */
final class InterruptionFinder {
  /** Pauses of up to a second belong to a turn. */
  private static final long TURN_PAUSE_MS = 1_000;

  /** Both sides often speak for a moment at the change of turns. */
  private static final long LEAST_OVERLAP_MS = 500;

  private InterruptionFinder() {}

  static Interruptions between(Speech customer, Speech agent) {
    Speech customerTurns = customer.withPausesUpTo(TURN_PAUSE_MS);
    Speech agentTurns = agent.withPausesUpTo(TURN_PAUSE_MS);
    Map<String, List<OffsetSpan>> byInterrupter = new TreeMap<>();
    put(byInterrupter, ParticipantRole.CUSTOMER, interruptions(customerTurns, agentTurns));
    put(byInterrupter, ParticipantRole.AGENT, interruptions(agentTurns, customerTurns));
    return new Interruptions(
        byInterrupter.values().stream().mapToInt(List::size).sum(),
        byInterrupter.values().stream().mapToLong(Speech::totalMs).sum(),
        byInterrupter);
  }

  private static void put(
      Map<String, List<OffsetSpan>> byInterrupter, ParticipantRole role, List<OffsetSpan> spans) {
    if (!spans.isEmpty()) {
      byInterrupter.put(role.name(), spans);
    }
  }

  private static List<OffsetSpan> interruptions(Speech interrupter, Speech interrupted) {
    List<OffsetSpan> found = new ArrayList<>();
    for (OffsetSpan begun : interrupter.spans()) {
      for (OffsetSpan before : interrupted.spans()) {
        long beginMs = begun.getBeginOffsetMillis();
        long endMs = before.getEndOffsetMillis();
        if (before.getBeginOffsetMillis() < beginMs
            && endMs < begun.getEndOffsetMillis()
            && endMs - beginMs >= LEAST_OVERLAP_MS) {
          found.add(new OffsetSpan(beginMs, endMs));
        }
      }
    }
    return found;
  }
}

package io.undertone.operators.emit.talk;

import io.undertone.operators.state.TrajectoryPoint;
import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.NonTalkTime;
import io.undertone.schemas.OffsetSpan;
import io.undertone.schemas.ParticipantRole;
import io.undertone.schemas.ParticipantTalkTime;
import io.undertone.schemas.TalkTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who spoke when, as Contact Lens tells it: talk time, non-talk time, interruptions. What needs
 * both sides is null unless both customer and agent were heard.
 */
public final class Talk {
  /** Longer silences are non-talk time, as in Contact Lens. */
  private static final long NON_TALK_MS = 3_000;

  private Talk() {}

  /**
   * Sets the fields of a call's characteristics.
   *
   * @param heard all utterances of the call, also those of which only voice activity was heard
   */
  public static void set(
      ConversationCharacteristics.Builder call, List<TrajectoryPoint> heard, long endOffsetMs) {
    Speech customer = speechOf(heard, ParticipantRole.CUSTOMER);
    Speech agent = speechOf(heard, ParticipantRole.AGENT);
    boolean both = !customer.isEmpty() && !agent.isEmpty();
    call.setTalkTime(
        TalkTime.newBuilder()
            .setTotalTimeMillis(both ? customer.totalMs() + agent.totalMs() : null)
            .setDetailsByParticipant(talkTimes(heard))
            .build());
    if (both) {
      List<OffsetSpan> silences =
          Speech.of(
                  heard,
                  point ->
                      isOf(point, ParticipantRole.CUSTOMER) || isOf(point, ParticipantRole.AGENT))
              .silences(endOffsetMs, NON_TALK_MS);
      call.setNonTalkTime(new NonTalkTime(Speech.totalMs(silences), silences));
      call.setInterruptions(InterruptionFinder.between(customer, agent));
    }
  }

  private static Map<String, ParticipantTalkTime> talkTimes(List<TrajectoryPoint> heard) {
    Map<String, ParticipantTalkTime> times = new TreeMap<>();
    for (TrajectoryPoint point : heard) {
      times.computeIfAbsent(
          point.getRole(),
          role ->
              new ParticipantTalkTime(
                  Speech.of(heard, one -> one.getRole().equals(role)).totalMs()));
    }
    return times;
  }

  private static Speech speechOf(List<TrajectoryPoint> heard, ParticipantRole role) {
    return Speech.of(heard, point -> isOf(point, role));
  }

  private static boolean isOf(TrajectoryPoint point, ParticipantRole role) {
    return point.getRole().equals(role.name());
  }
}

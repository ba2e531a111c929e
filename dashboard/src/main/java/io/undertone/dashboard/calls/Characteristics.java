package io.undertone.dashboard.calls;

import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.OffsetSpan;
import io.undertone.schemas.TalkTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a call went, as its summary tells. What needs both sides is null unless both were heard.
 *
 * @param callScore from 0 to 100; null without an utterance of the callers
 * @param recoveryTimeMs mean time from a negative utterance to recovery; null without one
 * @param nonTalkTimeMs longer silences of both sides
 * @param interruptions of one side by the other, in the order of their begin
 * @param voices of the roles that were heard
 */
public record Characteristics(
    @Nullable Double callScore,
    @Nullable Long recoveryTimeMs,
    @Nullable Long nonTalkTimeMs,
    @Nullable List<Interruption> interruptions,
    List<Voice> voices) {

  /**
   * Somebody begins to speak while the other one speaks, who ends first.
   *
   * @param by role of who interrupts
   * @param beginMs since the start of the call
   * @param endMs since the start of the call
   */
  public record Interruption(String by, long beginMs, long endMs) {}

  /**
   * How long and in which way a role spoke.
   *
   * @param syllablesPerSecond null if only voice activity was heard
   * @param loudnessDbfs null if only voice activity was heard
   */
  public record Voice(
      String role,
      long talkTimeMs,
      @Nullable Double syllablesPerSecond,
      @Nullable Double loudnessDbfs) {}

  static Characteristics of(ConversationCharacteristics call) {
    return new Characteristics(
        rounded(call.getCallScore()),
        call.getRecoveryTimeMillis(),
        call.getNonTalkTime() == null ? null : call.getNonTalkTime().getTotalTimeMillis(),
        interruptions(call),
        voices(call));
  }

  private static @Nullable List<Interruption> interruptions(ConversationCharacteristics call) {
    if (call.getInterruptions() == null) {
      return null;
    }
    List<Interruption> all = new ArrayList<>();
    call.getInterruptions()
        .getInterruptionsByInterrupter()
        .forEach((role, spans) -> spans.forEach(span -> all.add(interruption(role, span))));
    all.sort((a, b) -> Long.compare(a.beginMs(), b.beginMs()));
    return List.copyOf(all);
  }

  private static Interruption interruption(String role, OffsetSpan span) {
    return new Interruption(
        Shared.text(role), span.getBeginOffsetMillis(), span.getEndOffsetMillis());
  }

  private static List<Voice> voices(ConversationCharacteristics call) {
    TalkTime talkTime = call.getTalkTime();
    List<Voice> voices = new ArrayList<>();
    if (talkTime != null) {
      new TreeMap<>(talkTime.getDetailsByParticipant())
          .forEach(
              (role, time) ->
                  voices.add(
                      new Voice(
                          Shared.text(role),
                          time.getTotalTimeMillis(),
                          pace(call, role),
                          loudness(call, role))));
    }
    return List.copyOf(voices);
  }

  private static @Nullable Double pace(ConversationCharacteristics call, String role) {
    var speed = call.getTalkSpeed() == null ? null : call.getTalkSpeed().getDetailsByParticipant();
    return speed == null || !speed.containsKey(role)
        ? null
        : rounded(speed.get(role).getAverageSyllablesPerSecond());
  }

  private static @Nullable Double loudness(ConversationCharacteristics call, String role) {
    var loudness = call.getLoudness() == null ? null : call.getLoudness().getDetailsByParticipant();
    return loudness == null || !loudness.containsKey(role)
        ? null
        : rounded(loudness.get(role).getAverageDbfs());
  }

  private static @Nullable Double rounded(@Nullable Float value) {
    return value == null ? null : Math.round(value * 10) / 10.0;
  }
}

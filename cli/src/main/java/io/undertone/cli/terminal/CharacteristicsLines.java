package io.undertone.cli.terminal;

import static java.util.stream.Collectors.joining;

import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.Interruptions;
import io.undertone.schemas.OffsetSpan;
import io.undertone.schemas.SentimentByPeriod;
import io.undertone.schemas.TalkTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The characteristics of a call in a few words. What is not known is missing. */
public final class CharacteristicsLines {
  private CharacteristicsLines() {}

  /** One line for the call, and one for each role that was heard. */
  public static List<String> of(ConversationCharacteristics call) {
    List<String> parts = new ArrayList<>();
    if (call.getOverallEmotion() != null) {
      parts.add("overall " + call.getOverallEmotion());
    }
    if (call.getCallScore() != null) {
      parts.add(text("score %.0f of 100", call.getCallScore()));
    }
    parts.add(
        "by quarter "
            + call.getSentimentByQuarter().stream()
                .map(CharacteristicsLines::score)
                .collect(joining(" ")));
    if (call.getRecoveryTimeMillis() != null) {
      parts.add("recovered after " + UtteranceTable.clock(call.getRecoveryTimeMillis()));
    }
    if (call.getNonTalkTime() != null) {
      parts.add("silent " + UtteranceTable.clock(call.getNonTalkTime().getTotalTimeMillis()));
    }
    if (call.getInterruptions() != null) {
      parts.add(interruptions(call.getInterruptions()));
    }
    List<String> lines = new ArrayList<>();
    lines.add(String.join("; ", parts));
    lines.addAll(voices(call));
    return lines;
  }

  /** From -5 to 5. */
  public static String score(SentimentByPeriod quarter) {
    return quarter.getScore() == null ? "-" : text("%+.1f", quarter.getScore());
  }

  private static String interruptions(Interruptions interruptions) {
    Map<String, List<OffsetSpan>> by = new TreeMap<>(interruptions.getInterruptionsByInterrupter());
    String each =
        by.entrySet().stream()
            .map(role -> lower(role.getKey()) + " " + role.getValue().size())
            .collect(joining(", "));
    return "interruptions "
        + interruptions.getTotalCount()
        + (each.isEmpty() ? "" : " (" + each + ")");
  }

  private static List<String> voices(ConversationCharacteristics call) {
    TalkTime talkTime = call.getTalkTime();
    if (talkTime == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    new TreeMap<>(talkTime.getDetailsByParticipant())
        .forEach(
            (role, time) -> {
              String line =
                  lower(role) + ": talks " + UtteranceTable.clock(time.getTotalTimeMillis());
              lines.add(line + pace(call, role) + loudness(call, role));
            });
    return lines;
  }

  private static String pace(ConversationCharacteristics call, String role) {
    var speed = call.getTalkSpeed() == null ? null : call.getTalkSpeed().getDetailsByParticipant();
    return speed == null || !speed.containsKey(role)
        ? ""
        : text(", %.1f syllables a second", speed.get(role).getAverageSyllablesPerSecond());
  }

  private static String loudness(ConversationCharacteristics call, String role) {
    var loudness = call.getLoudness() == null ? null : call.getLoudness().getDetailsByParticipant();
    return loudness == null || !loudness.containsKey(role)
        ? ""
        : text(", %.0f dBFS", loudness.get(role).getAverageDbfs());
  }

  private static String lower(String role) {
    return role.toLowerCase(Locale.ROOT);
  }

  private static String text(String form, Object value) {
    return String.format(Locale.ROOT, form, value);
  }
}

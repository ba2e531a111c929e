package io.undertone.cli.demo;

import io.undertone.cli.terminal.UtteranceTable;
import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.SentimentByPeriod;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints events as they arrive. */
final class EventTable {
  private final PrintWriter out;
  private final UtteranceTable utterances;

  EventTable(PrintWriter out) {
    this.out = out;
    this.utterances = new UtteranceTable(out);
  }

  void header() {
    utterances.header();
  }

  void print(EmotionEvent event) {
    ConversationCharacteristics call = event.getConversation();
    if (event.getKind() == EventKind.UTTERANCE) {
      utterances.utterance(
          event.getConversationId(),
          event.getParticipantRole().name().toLowerCase(Locale.ROOT),
          event.getBeginOffsetMillis(),
          event.getEndOffsetMillis(),
          String.valueOf(event.getEmotion()),
          event.getProbabilities(),
          event.getShift() ? "was " + event.getPreviousEmotion() : "");
    } else if (event.getKind() == EventKind.ERASED) {
      out.printf(Locale.ROOT, "%-24s erased on request%n", event.getConversationId());
      out.flush();
    } else if (call != null) {
      out.printf(
          Locale.ROOT,
          "%-24s ended: %d utterances, %d shifts, overall %s; by quarter %s%n",
          event.getConversationId(),
          call.getUtterances(),
          call.getShifts(),
          call.getOverallEmotion() == null ? "none" : call.getOverallEmotion(),
          call.getSentimentByQuarter().stream()
              .map(EventTable::score)
              .collect(Collectors.joining(" ")));
      out.flush();
    }
  }

  private static String score(SentimentByPeriod quarter) {
    return quarter.getScore() == null
        ? "-"
        : String.format(Locale.ROOT, "%+.1f", quarter.getScore());
  }
}

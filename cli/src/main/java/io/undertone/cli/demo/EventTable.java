package io.undertone.cli.demo;

import io.undertone.cli.terminal.CharacteristicsLines;
import io.undertone.cli.terminal.UtteranceTable;
import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertEvidence;
import io.undertone.schemas.AlertState;
import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints events and alerts as they arrive. */
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
              .map(CharacteristicsLines::score)
              .collect(Collectors.joining(" ")));
      out.flush();
    }
  }

  /** An alert that fires, or is resolved, with the utterances that it was made from. */
  void print(Alert alert) {
    if (alert.getState() != AlertState.FIRING && alert.getState() != AlertState.RESOLVED) {
      return;
    }
    List<AlertEvidence> evidence = alert.getEvidence();
    utterances.note(
        alert.getConversationId(),
        alert.getChannel() < 0 ? "call" : alert.getParticipantRole().toLowerCase(Locale.ROOT),
        evidence.isEmpty() ? 0 : evidence.get(0).getBeginOffsetMillis(),
        evidence.isEmpty() ? 0 : evidence.get(evidence.size() - 1).getEndOffsetMillis(),
        alert.getState() == AlertState.FIRING
            ? "ALERT " + alert.getRule() + ": " + alert.getReason()
            : "resolved " + alert.getRule());
  }
}

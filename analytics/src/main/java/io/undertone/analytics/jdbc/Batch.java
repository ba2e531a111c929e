package io.undertone.analytics.jdbc;

import io.undertone.analytics.jdbc.Tables.ConversationEnd;
import io.undertone.analytics.topics.Call;
import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertState;
import io.undertone.schemas.EmotionEvent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Rows to write in one transaction: of those with the same key the last. Whether a call was erased
 * before or after its rows makes no difference: an erased call does not return.
 */
record Batch(
    Map<String, EmotionEvent> utterances,
    Map<String, ConversationEnd> conversationEnds,
    Map<String, Alert> alerts,
    Set<Call> erased) {

  static Batch empty() {
    return new Batch(
        new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashSet<>());
  }

  /** Adds an event; those of a kind that this version does not know have no table. */
  void add(EmotionEvent event, long offset) {
    switch (event.getKind()) {
      case UTTERANCE -> utterances.put(event.getEventId(), event);
      case CONVERSATION ->
          conversationEnds.put(event.getEventId(), new ConversationEnd(event, offset));
      case ERASED -> erased.add(new Call(event.getTenant(), event.getConversationId()));
      case OTHER -> {}
    }
  }

  void add(Alert alert) {
    if (alert.getState() == AlertState.ERASED) {
      erased.add(new Call(alert.getTenant(), alert.getConversationId()));
    } else {
      alerts.put(alert.getAlertId(), alert);
    }
  }
}

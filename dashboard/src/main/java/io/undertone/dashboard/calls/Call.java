package io.undertone.dashboard.calls;

import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertResponse;
import io.undertone.schemas.EmotionEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that is known of a call. Not safe for threads: the window guards it. */
final class Call {
  private static final int BYTES_OF_CALL = 600;
  private static final int BYTES_OF_UTTERANCE = 400;
  private static final Comparator<Utterance> IN_TIME =
      Comparator.comparingLong(Utterance::beginMs).thenComparingInt(Utterance::channel);

  private final CallKey key;
  private final List<Utterance> utterances = new ArrayList<>();
  private final List<AttributeChange> attributes = new ArrayList<>();
  private final Map<String, RaisedAlert> alerts = new LinkedHashMap<>();

  /** By alert: responses have a topic of their own, and may come earlier than the alert. */
  private final Map<String, AlertHandling> handling = new HashMap<>();

  private @Nullable CallSummary summary;
  private long lastEventMs;

  /** Of alerts and responses. */
  private long lastOtherMs;

  Call(CallKey key) {
    this.key = key;
  }

  /**
   * Adds an utterance, or replaces the one with the same event id.
   *
   * @return whether this is news
   */
  boolean add(EmotionEvent event, long recordMs) {
    Utterance utterance = Utterance.of(event);
    lastEventMs = Math.max(lastEventMs, recordMs);
    addAttributes(event);
    for (int i = utterances.size() - 1; i >= 0; i--) {
      if (utterances.get(i).eventId().equals(utterance.eventId())) {
        if (utterances.get(i).revision() == utterance.revision()) {
          return false;
        }
        utterances.set(i, utterance);
        return true;
      }
    }
    int at = utterances.size();
    while (at > 0 && IN_TIME.compare(utterances.get(at - 1), utterance) > 0) {
      at--;
    }
    utterances.add(at, utterance);
    // A call that had ended went on: its next summary will tell.
    if (summary != null && utterance.endMs() > summary.endMs()) {
      summary = null;
    }
    return true;
  }

  /** Sets the summary: the call has ended. Of two summaries, the last one is right. */
  void end(EmotionEvent event, long recordMs) {
    lastEventMs = Math.max(lastEventMs, recordMs);
    addAttributes(event);
    summary = CallSummary.of(event);
  }

  /** Takes the latest state of an alert. */
  void alert(Alert alert, long recordMs) {
    lastOtherMs = Math.max(lastOtherMs, recordMs);
    alerts.put(alert.getAlertId(), RaisedAlert.of(alert));
  }

  /** Takes what somebody does about an alert. */
  void respond(AlertResponse response, long recordMs) {
    lastOtherMs = Math.max(lastOtherMs, recordMs);
    handling.merge(
        response.getAlertId(),
        AlertHandling.NONE.after(response),
        (before, first) -> before.after(response));
  }

  private void addAttributes(EmotionEvent event) {
    Map<String, String> values = Attributes.of(event);
    Map<String, String> known =
        attributes.isEmpty() ? Map.of() : attributes.get(attributes.size() - 1).values();
    if (!values.isEmpty() && !values.equals(known)) {
      attributes.add(new AttributeChange(event.getEndOffsetMillis(), values));
    }
  }

  CallKey key() {
    return key;
  }

  /** The time of the last event tells how long nobody has spoken; without one, that of any news. */
  long lastRecordMs() {
    return lastEventMs == 0 ? lastOtherMs : lastEventMs;
  }

  /** Whether there has been an event; alerts have a topic of their own, and may come earlier. */
  boolean isKnown() {
    return !utterances.isEmpty() || summary != null;
  }

  boolean hasEnded() {
    return summary != null;
  }

  /** An estimate of the memory that the call needs. */
  long bytes() {
    return BYTES_OF_CALL
        + (long) BYTES_OF_UTTERANCE * (utterances.size() + alerts.size() + handling.size());
  }

  /** A copy that later events do not change. */
  CallState state(boolean live) {
    Map<Integer, List<Utterance>> byChannel = new TreeMap<>();
    for (Utterance utterance : utterances) {
      byChannel.computeIfAbsent(utterance.channel(), channel -> new ArrayList<>()).add(utterance);
    }
    List<Side> sides = new ArrayList<>();
    byChannel.forEach(
        (channel, spoken) ->
            sides.add(new Side(channel, spoken.get(0).role(), List.copyOf(spoken))));
    sides.sort(Comparator.comparing(side -> !side.role().equals("CUSTOMER")));
    List<RaisedAlert> handled =
        alerts.values().stream()
            .map(alert -> alert.with(handling.getOrDefault(alert.alertId(), AlertHandling.NONE)))
            .toList();
    boolean alarmed = handled.stream().anyMatch(RaisedAlert::needsSomebody);
    Need need = live && !sides.isEmpty() ? Need.of(sides.get(0).utterances(), alarmed) : Need.NONE;
    return new CallState(
        key,
        live,
        lastRecordMs(),
        List.copyOf(utterances),
        sides,
        attributes.isEmpty()
            ? Map.of()
            : new HashMap<>(attributes.get(attributes.size() - 1).values()),
        List.copyOf(attributes),
        handled,
        summary,
        need);
  }
}

package io.undertone.alerts.engine;

import io.undertone.alerts.rules.AlertRule;
import io.undertone.alerts.state.CallAlerts;
import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertState;
import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EndReason;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Applies rules to the events of calls. What it returns depends on the events of the call and their
 * order alone: time is the capture time of the call's audio, and passes with its events. {@link
 * #passUntil} lets time pass without one; as long as no event comes that is earlier, the alerts are
 * the same with and without it.
 *
 * <p>The state of a call belongs to the caller, who keeps it from one call of a method to the next.
 */
public final class AlertEngine {
  private static final int NO_CHANNEL = -1;

  private final RuleSet rules;
  private final long silentEndMs;

  /**
   * @param silentEndMs how long a call had been silent that ended without its last chunk
   */
  public AlertEngine(RuleSet rules, long silentEndMs) {
    this.rules = rules;
    this.silentEndMs = silentEndMs;
  }

  /**
   * What follows from an event.
   *
   * @param state of the call; null if it has none
   * @param alerts in their order
   */
  public record Step(@Nullable CallAlerts state, List<Alert> alerts) {}

  /**
   * Applies an event.
   *
   * @param known state of the event's call, which is changed; null if there is none
   */
  public Step apply(EmotionEvent event, @Nullable CallAlerts known) {
    return switch (event.getKind()) {
      case UTTERANCE -> utterance(event, known);
      case CONVERSATION -> end(event, known);
      case ERASED -> new Step(null, List.of(erased(event)));
      case OTHER -> new Step(known, List.of());
    };
  }

  private Step utterance(EmotionEvent event, @Nullable CallAlerts known) {
    long durationMs = event.getEndOffsetMillis() - event.getBeginOffsetMillis();
    CallAlerts call = known == null ? newCall(event, event.getEventTimeMs() - durationMs) : known;
    List<Alert> alerts = new ArrayList<>();
    Watches watches = new Watches(call, rules, alerts);
    watches.resolveFormer();
    watches.passUntil(event.getEventTimeMs() - durationMs);
    for (AlertRule rule : rules.all()) {
      if (rule.match().watches(event)) {
        watches.endSilence(rule, event.getChannel());
      }
    }
    watches.passUntil(event.getEventTimeMs());
    for (AlertRule rule : rules.all()) {
      if (rule.match().watches(event)) {
        watches.hear(rule, event);
      }
    }
    call.setEventTimeMs(Math.max(call.getEventTimeMs(), event.getEventTimeMs()));
    watches.forgetIdle();
    return new Step(call.getWatches().isEmpty() ? null : call, alerts);
  }

  private Step end(EmotionEvent event, @Nullable CallAlerts known) {
    ConversationCharacteristics summary = event.getConversation();
    CallAlerts call = known == null ? newCall(event, event.getEventTimeMs()) : known;
    List<Alert> alerts = new ArrayList<>();
    Watches watches = new Watches(call, rules, alerts);
    watches.resolveFormer();
    EndReason reason = summary == null ? EndReason.OTHER : summary.getEndReason();
    if (reason == EndReason.CONSENT_DENIED || reason == EndReason.ERASED) {
      watches.resolveDenied(event);
      return new Step(null, alerts);
    }
    boolean silent = reason == EndReason.TIMEOUT || reason == EndReason.STALLED;
    watches.passUntil(event.getEventTimeMs() + (silent ? silentEndMs : 0));
    for (AlertRule rule : rules.all()) {
      watches.judgeEnd(rule, event);
    }
    watches.resolveAll();
    return new Step(null, alerts);
  }

  /** Lets the time of a call pass. */
  public Step passUntil(long timeMs, CallAlerts call) {
    List<Alert> alerts = new ArrayList<>();
    Watches watches = new Watches(call, rules, alerts);
    watches.resolveFormer();
    watches.passUntil(timeMs);
    watches.forgetIdle();
    return new Step(call.getWatches().isEmpty() ? null : call, alerts);
  }

  /** When an alert changes if no event comes; empty if none does. */
  public OptionalLong nextChangeMs(CallAlerts call) {
    return new Watches(call, rules, new ArrayList<>()).nextChangeMs();
  }

  private static CallAlerts newCall(EmotionEvent event, long timeMs) {
    return CallAlerts.newBuilder()
        .setTenant(event.getTenant())
        .setConversationId(event.getConversationId())
        .setTimeMs(timeMs)
        .setEventTimeMs(timeMs)
        .setWatches(new ArrayList<>())
        .build();
  }

  private static Alert erased(EmotionEvent event) {
    return Alert.newBuilder()
        .setAlertId(event.getEventId())
        .setState(AlertState.ERASED)
        .setRule("")
        .setRuleVersion(0)
        .setTenant(event.getTenant())
        .setConversationId(event.getConversationId())
        .setChannel(NO_CHANNEL)
        .setParticipantRole(event.getParticipantRole().name())
        .setEventTimeMs(event.getEventTimeMs())
        .setStartsAtMs(event.getEventTimeMs())
        .setRevision(event.getRevision())
        .setModelVersion(event.getModelVersion())
        .build();
  }
}

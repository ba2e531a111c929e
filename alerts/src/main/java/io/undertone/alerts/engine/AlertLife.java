package io.undertone.alerts.engine;

import io.undertone.alerts.rules.AlertRule;
import io.undertone.alerts.rules.Annotation;
import io.undertone.alerts.rules.Condition;
import io.undertone.alerts.state.CallAlerts;
import io.undertone.alerts.state.Evidence;
import io.undertone.alerts.state.Phase;
import io.undertone.alerts.state.Watch;
import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The states of the alert of a rule on a channel:
 *
 * <pre>
 * IDLE -- the condition holds --> PENDING -- for --> FIRING -- it holds no more, keepFiringFor --+
 *  ^                                 |                                                           |
 *  +--------- RESOLVED <-- it holds no more                              RESOLVED, cooldown <----+
 * </pre>
 */
final class AlertLife {
  private static final long NONE = -1;

  private final CallAlerts call;
  private final Watch watch;
  private final List<Alert> alerts;

  AlertLife(CallAlerts call, Watch watch, List<Alert> alerts) {
    this.call = call;
    this.watch = watch;
    this.alerts = alerts;
  }

  /**
   * The condition holds.
   *
   * @param value that the rule compared; the lowest probability of the evidence without one
   */
  void begin(AlertRule rule, Optional<Double> value) {
    watch.setEndedMs(NONE);
    if (watch.getPhase() != Phase.IDLE || watch.getCoolUntilMs() > call.getTimeMs()) {
      return;
    }
    List<Evidence> run = watch.getRun();
    watch.getEvidence().clear();
    watch.getEvidence().addAll(run);
    watch.setStartsAtMs(call.getTimeMs());
    watch.setFiredAtMs(NONE);
    watch.setAlertId(
        AlertIds.of(
            call.getTenant(),
            call.getConversationId(),
            rule.name(),
            rule.version(),
            run.get(0).getEventId()));
    watch.setValue(value.orElseGet(() -> lowest(run)));
    watch.setPhase(Phase.PENDING);
    if (rule.forMs() > 0) {
      emit(rule, AlertState.PENDING, call.getTimeMs());
    } else {
      fire(rule);
    }
  }

  private static @Nullable Double lowest(List<Evidence> run) {
    var lowest = EvidenceLists.lowestProbability(run);
    return lowest.isPresent() ? lowest.getAsDouble() : null;
  }

  /** The condition has held for long enough. */
  void fire(AlertRule rule) {
    watch.setPhase(Phase.FIRING);
    watch.setFiredAtMs(call.getTimeMs());
    emit(rule, AlertState.FIRING, call.getTimeMs());
  }

  /** The condition holds no more. */
  void stop(AlertRule rule) {
    boolean keeps = watch.getPhase() == Phase.FIRING && rule.keepFiringForMs() > 0;
    if (!keeps) {
      resolve(rule, call.getTimeMs());
    } else if (watch.getEndedMs() == NONE) {
      watch.setEndedMs(call.getTimeMs());
    }
  }

  /** The alert ends, if there is one. */
  void resolve(AlertRule rule, long timeMs) {
    if (watch.getPhase() == Phase.IDLE) {
      return;
    }
    if (watch.getPhase() == Phase.FIRING) {
      watch.setCoolUntilMs(timeMs + rule.cooldownMs());
    }
    emit(rule, AlertState.RESOLVED, timeMs);
    idle();
  }

  /** The alert ends, if there is one, since its rule is gone. */
  void endWithRule(long timeMs) {
    if (watch.getPhase() != Phase.IDLE) {
      alerts.add(
          alert(AlertState.RESOLVED, timeMs).setReason("the rule was changed or removed").build());
      idle();
    }
  }

  private void idle() {
    watch.setPhase(Phase.IDLE);
    watch.setAlertId("");
    watch.getEvidence().clear();
    watch.setStartsAtMs(NONE);
    watch.setFiredAtMs(NONE);
    watch.setEndedMs(NONE);
    watch.setValue(null);
    // What the silence of an utterance was measured for has been told.
    watch.setSilentSinceMs(NONE);
  }

  private void emit(AlertRule rule, AlertState state, long timeMs) {
    Condition condition = rule.condition();
    alerts.add(
        alert(state, timeMs)
            .setReason(condition.found())
            .setLabels(rule.labels())
            .setAnnotations(annotations(rule))
            .build());
  }

  private Map<String, String> annotations(AlertRule rule) {
    List<Evidence> evidence = watch.getEvidence();
    Annotation.Facts facts =
        new Annotation.Facts(
            call.getTenant(),
            call.getConversationId(),
            watch.getRole(),
            evidence.isEmpty() ? null : evidence.get(evidence.size() - 1).getEmotion(),
            watch.getValue(),
            rule.labels(),
            watch.getAttributes());
    Map<String, String> rendered = new TreeMap<>();
    rule.annotations().forEach((name, text) -> rendered.put(name, text.render(facts)));
    return rendered;
  }

  private Alert.Builder alert(AlertState state, long timeMs) {
    return Alert.newBuilder()
        .setAlertId(watch.getAlertId())
        .setState(state)
        .setRule(watch.getRule())
        .setRuleVersion(watch.getVersion())
        .setTenant(call.getTenant())
        .setConversationId(call.getConversationId())
        .setChannel(watch.getChannel())
        .setParticipantRole(watch.getRole())
        .setEventTimeMs(timeMs)
        .setStartsAtMs(watch.getStartsAtMs())
        .setFiredAtMs(watch.getFiredAtMs() == NONE ? null : watch.getFiredAtMs())
        .setEndsAtMs(state == AlertState.RESOLVED ? timeMs : null)
        .setRevision(watch.getRevision())
        .setValue(watch.getValue())
        .setEvidence(EvidenceLists.published(watch.getEvidence()))
        .setAttributes(Map.copyOf(watch.getAttributes()))
        .setModelVersion(watch.getModelVersion());
  }
}

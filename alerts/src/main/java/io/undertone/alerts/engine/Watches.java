package io.undertone.alerts.engine;

import io.undertone.alerts.rules.AlertRule;
import io.undertone.alerts.rules.Condition;
import io.undertone.alerts.rules.Condition.AtEnd;
import io.undertone.alerts.rules.Condition.CallScore;
import io.undertone.alerts.rules.Condition.Interruptions;
import io.undertone.alerts.rules.Condition.Shift;
import io.undertone.alerts.rules.Condition.Silence;
import io.undertone.alerts.rules.Condition.Sustained;
import io.undertone.alerts.rules.Feeling;
import io.undertone.alerts.state.CallAlerts;
import io.undertone.alerts.state.Evidence;
import io.undertone.alerts.state.Phase;
import io.undertone.alerts.state.Watch;
import io.undertone.schemas.Alert;
import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.ParticipantRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** The rules of one call, each on the channels where it has found something. */
final class Watches {
  private static final int WHOLE_CALL = -1;
  private static final long NEVER = Long.MAX_VALUE;
  private static final String UNCERTAIN = "uncertain";

  private final CallAlerts call;
  private final RuleSet rules;
  private final List<Alert> alerts;

  /**
   * @param call is changed
   * @param alerts receives what comes of it
   */
  Watches(CallAlerts call, RuleSet rules, List<Alert> alerts) {
    this.call = call;
    this.rules = rules;
    this.alerts = alerts;
  }

  /** Ends the alerts of rules that are gone, or have another version. */
  void resolveFormer() {
    for (Watch watch : List.copyOf(call.getWatches())) {
      if (rules.find(watch.getRule(), watch.getVersion()).isEmpty()) {
        new AlertLife(call, watch, alerts).endWithRule(call.getTimeMs());
        drop(one -> one == watch);
      }
    }
  }

  /** Lets all changes happen that are due until a time, in the order of their times. */
  void passUntil(long timeMs) {
    for (OptionalLong next = nextChangeMs();
        next.isPresent() && next.getAsLong() <= timeMs;
        next = nextChangeMs()) {
      long dueMs = Math.max(next.getAsLong(), call.getTimeMs());
      call.setTimeMs(dueMs);
      for (Watch watch : List.copyOf(call.getWatches())) {
        rules
            .find(watch.getRule(), watch.getVersion())
            .filter(rule -> dueMs(rule, watch) <= dueMs)
            .ifPresent(rule -> change(rule, watch));
      }
    }
    call.setTimeMs(Math.max(call.getTimeMs(), timeMs));
  }

  OptionalLong nextChangeMs() {
    long next = NEVER;
    for (Watch watch : call.getWatches()) {
      Optional<AlertRule> rule = rules.find(watch.getRule(), watch.getVersion());
      next = Math.min(next, rule.map(found -> dueMs(found, watch)).orElse(NEVER));
    }
    return next == NEVER ? OptionalLong.empty() : OptionalLong.of(next);
  }

  private static long dueMs(AlertRule rule, Watch watch) {
    return switch (watch.getPhase()) {
      case PENDING -> watch.getStartsAtMs() + rule.forMs();
      case FIRING -> watch.getEndedMs() < 0 ? NEVER : watch.getEndedMs() + rule.keepFiringForMs();
      case IDLE ->
          rule.condition() instanceof Silence silence && watch.getSilentSinceMs() >= 0
              ? Math.max(watch.getSilentSinceMs() + silence.silenceMs(), watch.getCoolUntilMs())
              : NEVER;
    };
  }

  private void change(AlertRule rule, Watch watch) {
    AlertLife life = new AlertLife(call, watch, alerts);
    switch (watch.getPhase()) {
      case PENDING -> life.fire(rule);
      case FIRING -> life.resolve(rule, call.getTimeMs());
      case IDLE -> {
        double seconds = (call.getTimeMs() - watch.getSilentSinceMs()) / 1000.0;
        life.begin(rule, Optional.of(seconds));
      }
    }
  }

  /** Somebody speaks: the silence of the channel is over. */
  void endSilence(AlertRule rule, int channel) {
    if (rule.condition() instanceof Silence) {
      find(rule, channel)
          .ifPresent(
              watch -> {
                watch.setSilentSinceMs(-1);
                new AlertLife(call, watch, alerts).stop(rule);
              });
    }
  }

  /** Applies an utterance to a rule. */
  void hear(AlertRule rule, EmotionEvent event) {
    Watch watch = find(rule, event.getChannel()).orElseGet(() -> added(rule, event));
    AlertLife life = new AlertLife(call, watch, alerts);
    boolean uncertain = UNCERTAIN.equals(event.getEmotion());
    if (uncertain && !(rule.condition() instanceof Silence)) {
      return;
    }
    if (uncertain || !rule.match().hasAttributes(event) || !matches(rule, watch, event)) {
      watch.getRun().clear();
      watch.setSilentSinceMs(-1);
      life.stop(rule);
    } else {
      remember(rule, watch, event);
      int needed = rule.condition().utterances();
      if (rule.condition() instanceof Silence) {
        watch.setSilentSinceMs(call.getTimeMs());
      } else if (!(rule.condition() instanceof AtEnd) && watch.getRun().size() >= needed) {
        life.begin(rule, Optional.empty());
      }
    }
  }

  private static boolean matches(AlertRule rule, Watch watch, EmotionEvent event) {
    String emotion = event.getEmotion();
    if (rule.condition() instanceof Sustained sustained) {
      double probability = sustained.emotion().probability(event);
      return sustained.emotion().is(emotion)
          && sustained.probability().map(bound -> bound.admits(probability)).orElse(true);
    }
    if (rule.condition() instanceof Shift shift) {
      boolean shifts = event.getShift() && shift.from().is(event.getPreviousEmotion());
      return shift.to().is(emotion) && (shifts || !watch.getRun().isEmpty());
    }
    return feeling(rule).map(feeling -> feeling.is(emotion)).orElse(false);
  }

  private static Optional<Feeling> feeling(AlertRule rule) {
    if (rule.condition() instanceof Sustained sustained) {
      return Optional.of(sustained.emotion());
    } else if (rule.condition() instanceof Shift shift) {
      return Optional.of(shift.to());
    } else if (rule.condition() instanceof Silence silence) {
      return Optional.of(silence.after());
    } else if (rule.condition() instanceof AtEnd atEnd) {
      return Optional.of(atEnd.emotion());
    }
    return Optional.empty();
  }

  private static void remember(AlertRule rule, Watch watch, EmotionEvent event) {
    Evidence evidence = EvidenceLists.of(event, feeling(rule).orElse(null));
    EvidenceLists.addToRun(watch.getRun(), evidence, rule.condition().utterances());
    if (watch.getPhase() != Phase.IDLE) {
      EvidenceLists.addToAlert(watch.getEvidence(), evidence, rule.condition().utterances());
    }
    note(watch, event);
  }

  private static void note(Watch watch, EmotionEvent event) {
    watch.setRevision(event.getRevision());
    watch.setModelVersion(event.getModelVersion());
    watch.setAttributes(event.getAttributes());
  }

  /** Applies the end of the call to a rule. */
  void judgeEnd(AlertRule rule, EmotionEvent end) {
    if (rule.condition() instanceof AtEnd atEnd) {
      for (Watch watch : List.copyOf(call.getWatches())) {
        if (isOf(rule, watch) && watch.getRun().size() >= atEnd.utterances()) {
          new AlertLife(call, watch, alerts).begin(rule, Optional.empty());
        }
      }
    } else if (rule.match().watchesTenant(end) && rule.match().hasAttributes(end)) {
      Optional<Double> value = found(rule.condition(), end);
      if (value.isPresent()) {
        Watch watch = added(rule, end);
        watch.setChannel(WHOLE_CALL);
        watch.setRole(ParticipantRole.UNKNOWN.name());
        watch.getRun().add(EvidenceLists.of(end, null));
        note(watch, end);
        new AlertLife(call, watch, alerts).begin(rule, value);
      }
    }
  }

  /** The number of a call as a whole, if the condition is about one and it is within its bound. */
  private static Optional<Double> found(Condition condition, EmotionEvent end) {
    if (condition instanceof CallScore wanted) {
      return score(end).filter(wanted.score()::admits);
    }
    if (condition instanceof Interruptions wanted) {
      return interruptions(end, wanted.by()).filter(wanted.count()::admits);
    }
    return Optional.empty();
  }

  /** How often somebody interrupted; empty unless both sides were heard. */
  private static Optional<Double> interruptions(EmotionEvent end, Optional<String> by) {
    ConversationCharacteristics summary = end.getConversation();
    if (summary == null || summary.getInterruptions() == null) {
      return Optional.empty();
    }
    var interruptions = summary.getInterruptions();
    int count =
        by.map(role -> interruptions.getInterruptionsByInterrupter().getOrDefault(role, List.of()))
            .map(List::size)
            .orElse(interruptions.getTotalCount());
    return Optional.of((double) count);
  }

  /** From 0 to 100, as the event has it; empty if no caller spoke. */
  private static Optional<Double> score(EmotionEvent end) {
    return Optional.ofNullable(end.getConversation())
        .map(ConversationCharacteristics::getCallScore)
        .map(Float::doubleValue);
  }

  /** Ends all alerts with the call. */
  void resolveAll() {
    for (Watch watch : call.getWatches()) {
      rules
          .find(watch.getRule(), watch.getVersion())
          .ifPresent(rule -> new AlertLife(call, watch, alerts).resolve(rule, call.getTimeMs()));
    }
  }

  /** Ends all alerts of a call of which nothing more may be told. */
  void resolveDenied(EmotionEvent end) {
    call.setTimeMs(Math.max(call.getTimeMs(), end.getEventTimeMs()));
    for (Watch watch : call.getWatches()) {
      watch.getEvidence().clear();
      watch.setValue(null);
      watch.setAttributes(Map.of());
    }
    resolveAll();
  }

  /** Drops what no rule needs any more. */
  void forgetIdle() {
    drop(
        watch ->
            watch.getPhase() == Phase.IDLE
                && watch.getRun().isEmpty()
                && watch.getCoolUntilMs() <= call.getTimeMs());
  }

  /** Avro's lists cannot remove while they iterate. */
  private void drop(Predicate<Watch> dropped) {
    List<Watch> kept = new ArrayList<>();
    for (Watch watch : call.getWatches()) {
      if (!dropped.test(watch)) {
        kept.add(watch);
      }
    }
    call.setWatches(kept);
  }

  private Optional<Watch> find(AlertRule rule, int channel) {
    return call.getWatches().stream()
        .filter(watch -> isOf(rule, watch) && watch.getChannel() == channel)
        .findFirst();
  }

  private static boolean isOf(AlertRule rule, Watch watch) {
    return watch.getRule().equals(rule.name()) && watch.getVersion() == rule.version();
  }

  private Watch added(AlertRule rule, EmotionEvent event) {
    Watch watch =
        Watch.newBuilder()
            .setRule(rule.name())
            .setVersion(rule.version())
            .setChannel(event.getChannel())
            .setRole(event.getParticipantRole().name())
            .setRun(new ArrayList<>())
            .setEvidence(new ArrayList<>())
            .setAttributes(Map.of())
            .setPhase(Phase.IDLE)
            .build();
    // Not in the order in which they began: an idle one may have been dropped in between.
    List<Watch> sorted = new ArrayList<>(call.getWatches());
    sorted.add(watch);
    sorted.sort(Comparator.comparing(Watch::getRule).thenComparing(Watch::getChannel));
    call.setWatches(sorted);
    return watch;
  }
}

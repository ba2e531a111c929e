package io.undertone.alerts.engine;

import io.undertone.alerts.rules.AlertRules;
import io.undertone.alerts.rules.InvalidRulesException;
import io.undertone.alerts.state.CallAlerts;
import io.undertone.schemas.Alert;
import io.undertone.schemas.EmotionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An engine, the state of one call, and its alerts. */
final class TestEngine {
  private AlertEngine engine;
  @Nullable CallAlerts state;
  final List<Alert> alerts = new ArrayList<>();

  TestEngine(String yaml) {
    engine = engine(yaml);
  }

  void rules(String yaml) {
    engine = engine(yaml);
  }

  private static AlertEngine engine(String yaml) {
    try {
      return new AlertEngine(new RuleSet(AlertRules.parse(yaml)), 300_000);
    } catch (InvalidRulesException e) {
      throw new IllegalArgumentException(e);
    }
  }

  TestEngine apply(EmotionEvent... events) {
    for (EmotionEvent event : events) {
      add(engine.apply(event, state));
    }
    return this;
  }

  /** Lets time pass without an event. */
  TestEngine passUntil(long timeMs) {
    if (state != null) {
      add(engine.passUntil(timeMs, state));
    }
    return this;
  }

  private void add(AlertEngine.Step step) {
    state = step.state();
    alerts.addAll(step.alerts());
  }

  /** As a checkpoint does. */
  void saveAndRestore() {
    try {
      state = state == null ? null : CallAlerts.fromByteBuffer(state.toByteBuffer());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** State and seconds since the start of the call, such as {@code FIRING 12.5}. */
  List<String> told() {
    return alerts.stream()
        .map(
            alert ->
                "%s %s %s"
                    .formatted(
                        alert.getRule(),
                        alert.getState(),
                        (alert.getEventTimeMs() - io.undertone.alerts.TestEvents.BEGIN_MS)
                            / 1000.0))
        .toList();
  }
}

package io.undertone.cli.rules;

import io.undertone.alerts.engine.AlertEngine;
import io.undertone.alerts.engine.RuleSet;
import io.undertone.alerts.state.CallAlerts;
import io.undertone.operators.ConversationKeys;
import io.undertone.operators.order.CallLimits;
import io.undertone.schemas.Alert;
import io.undertone.schemas.EmotionEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Applies rules to recorded events, as the job does. */
final class RecordedCalls {

  private RecordedCalls() {}

  /** Events of several calls may be mixed; those of a call are in their order. */
  static void play(List<EmotionEvent> events, RuleSet rules, Consumer<Alert> alerts) {
    AlertEngine engine = new AlertEngine(rules, CallLimits.defaults().conversationTimeoutMs());
    Map<String, CallAlerts> calls = new HashMap<>();
    for (EmotionEvent event : events) {
      String key = ConversationKeys.of(event);
      AlertEngine.Step step = engine.apply(event, calls.remove(key));
      if (step.state() != null) {
        calls.put(key, step.state());
      }
      step.alerts().forEach(alerts);
    }
  }
}

package io.undertone.dashboard.access;

import io.undertone.dashboard.calls.CallKey;
import io.undertone.dashboard.view.Json;
import io.undertone.schemas.AlertResponseKind;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A line of JSON for each call that somebody opens, and for each response to an alert. Whoever
 * keeps a call open has one line every ten minutes.
 */
public final class AuditLog {
  private static final Duration ONCE_IN = Duration.ofMinutes(10);
  private static final int REMEMBERED = 10_000;

  private record Opening(String visitor, CallKey call) {}

  private record Opened(
      long timeMs, String visitor, String action, String tenant, String conversation) {}

  private record Responded(
      long timeMs,
      String visitor,
      String action,
      String tenant,
      String conversation,
      String alertId) {}

  private final Consumer<String> log;
  private final Clock clock;
  private final Map<Opening, Long> recent =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Opening, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param log takes the lines
   */
  public AuditLog(Consumer<String> log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /** Somebody has got a call's utterances. */
  public synchronized void opened(Visitor visitor, CallKey call) {
    Opening opening = new Opening(visitor.name(), call);
    long now = clock.millis();
    Long last = recent.get(opening);
    if (last == null || now - last >= ONCE_IN.toMillis()) {
      recent.remove(opening);
      recent.put(opening, now);
      log.accept(
          Json.of(new Opened(now, visitor.name(), "OPENED", call.tenant(), call.conversation())));
    }
  }

  /** Somebody is about to respond to an alert. */
  public synchronized void responds(
      Visitor visitor, CallKey call, String alertId, AlertResponseKind kind) {
    log.accept(
        Json.of(
            new Responded(
                clock.millis(),
                visitor.name(),
                kind.name(),
                call.tenant(),
                call.conversation(),
                alertId)));
  }
}

package io.undertone.dashboard.access;

import io.undertone.dashboard.calls.CallKey;
import io.undertone.dashboard.view.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The audit log: a line of JSON for each call that somebody opens. Whoever keeps a call open has
 * one line every ten minutes.
 */
public final class OpenedCalls {
  private static final Duration ONCE_IN = Duration.ofMinutes(10);
  private static final int REMEMBERED = 10_000;

  private record Opening(String visitor, CallKey call) {}

  private record Line(
      long timeMs, String visitor, String action, String tenant, String conversation) {}

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
  public OpenedCalls(Consumer<String> log, Clock clock) {
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
          Json.of(new Line(now, visitor.name(), "OPENED", call.tenant(), call.conversation())));
    }
  }
}

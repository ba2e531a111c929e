package io.undertone.cli.rules;

import io.undertone.cli.terminal.JsonLines;
import io.undertone.operators.ConversationKeys;
import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertState;
import io.undertone.schemas.EmotionEvent;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints alerts with their annotations, and how often each rule has fired. */
final class AlertReport {
  private static final String ROW = "%-24s %-24s %-9s %-24s %s%n";

  private final PrintWriter out;
  private final Format format;
  private final Map<String, Integer> fired = new TreeMap<>();

  private enum Format {
    TABLE,
    JSON
  }

  private AlertReport(PrintWriter out, Format format) {
    this.out = out;
    this.format = format;
  }

  static AlertReport table(PrintWriter out) {
    out.printf(Locale.ROOT, ROW, "call", "rule", "state", "at", "because");
    return new AlertReport(out, Format.TABLE);
  }

  static AlertReport json(PrintWriter out) {
    return new AlertReport(out, Format.JSON);
  }

  void print(Alert alert) {
    if (alert.getState() == AlertState.FIRING) {
      fired.merge(alert.getRule(), 1, Integer::sum);
    }
    if (format == Format.JSON) {
      out.println(JsonLines.of(alert));
    } else {
      out.printf(
          Locale.ROOT,
          ROW,
          alert.getConversationId(),
          alert.getRule(),
          alert.getState(),
          Instant.ofEpochMilli(alert.getEventTimeMs()),
          alert.getReason());
      new TreeMap<>(alert.getAnnotations())
          .forEach((name, text) -> out.printf(Locale.ROOT, "    %s: %s%n", name, text));
    }
  }

  /** Prints the counts. */
  void end(int rules, List<EmotionEvent> events) {
    long calls = events.stream().map(ConversationKeys::of).distinct().count();
    if (format == Format.JSON) {
      Map<String, Object> counts = new LinkedHashMap<>();
      counts.put("rules", rules);
      counts.put("calls", calls);
      counts.put("events", events.size());
      counts.put("fired", fired);
      out.println(JsonLines.of(counts));
    } else {
      String each =
          fired.entrySet().stream()
              .map(rule -> rule.getKey() + " " + rule.getValue())
              .collect(Collectors.joining(", "));
      out.printf(
          Locale.ROOT,
          "%d rules, %d calls, %d events; fired: %s%n",
          rules,
          calls,
          events.size(),
          each.isEmpty() ? "none" : each);
    }
    out.flush();
  }
}

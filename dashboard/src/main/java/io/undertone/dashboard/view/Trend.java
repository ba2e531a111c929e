package io.undertone.dashboard.view;

import io.undertone.dashboard.calls.CallState;
import io.undertone.dashboard.calls.Utterance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was said over the day.
 *
 * @param stepMs length of a period
 */
public record Trend(long stepMs, List<Period> periods) {

  /**
   * Utterances of one period, by sentiment; those of agents are left out.
   *
   * @param beginMs in milliseconds since 1970-01-01 UTC
   * @param calls in which somebody spoke
   */
  public record Period(
      long beginMs, int calls, int positive, int neutral, int negative, int uncertain) {}

  private static final class Count {
    private final Set<Object> calls = new HashSet<>();
    private int positive;
    private int neutral;
    private int negative;
    private int uncertain;
  }

  /** Counts by periods; periods in which nobody spoke are missing. */
  public static Trend of(List<CallState> calls, long stepMs) {
    Map<Long, Count> counts = new TreeMap<>();
    for (CallState call : calls) {
      for (Utterance utterance : call.utterances()) {
        if (!utterance.role().equals("AGENT")) {
          long begin = Math.floorDiv(utterance.eventTimeMs(), stepMs) * stepMs;
          count(counts.computeIfAbsent(begin, time -> new Count()), call, utterance);
        }
      }
    }
    List<Period> periods = new ArrayList<>();
    counts.forEach(
        (begin, count) ->
            periods.add(
                new Period(
                    begin,
                    count.calls.size(),
                    count.positive,
                    count.neutral,
                    count.negative,
                    count.uncertain)));
    return new Trend(stepMs, periods);
  }

  private static void count(Count count, CallState call, Utterance utterance) {
    count.calls.add(call.key());
    if (utterance.sentiment() == null) {
      count.uncertain++;
      return;
    }
    switch (utterance.sentiment()) {
      case "POSITIVE" -> count.positive++;
      case "NEGATIVE" -> count.negative++;
      default -> count.neutral++;
    }
  }
}

package io.undertone.operators.emit.talk;

import io.undertone.operators.state.TrajectoryPoint;
import io.undertone.schemas.OffsetSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * When somebody spoke.
 *
 * @param spans in their order; none touches another
 */
record Speech(List<OffsetSpan> spans) {

  /** The speech of some utterances; those that overlap or touch are one span. */
  static Speech of(List<TrajectoryPoint> points, Predicate<TrajectoryPoint> whose) {
    List<OffsetSpan> sorted =
        points.stream()
            .filter(whose)
            .map(point -> new OffsetSpan(point.getBeginOffsetMs(), point.getEndOffsetMs()))
            .sorted(Comparator.comparingLong(OffsetSpan::getBeginOffsetMillis))
            .toList();
    return new Speech(joined(sorted, 0));
  }

  /** The same with pauses of up to a duration inside of spans. */
  Speech withPausesUpTo(long pauseMs) {
    return new Speech(joined(spans, pauseMs));
  }

  private static List<OffsetSpan> joined(List<OffsetSpan> sorted, long pauseMs) {
    List<OffsetSpan> joined = new ArrayList<>();
    for (OffsetSpan next : sorted) {
      OffsetSpan last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && next.getBeginOffsetMillis() <= last.getEndOffsetMillis() + pauseMs) {
        long end = Math.max(last.getEndOffsetMillis(), next.getEndOffsetMillis());
        joined.set(joined.size() - 1, new OffsetSpan(last.getBeginOffsetMillis(), end));
      } else {
        joined.add(next);
      }
    }
    return joined;
  }

  boolean isEmpty() {
    return spans.isEmpty();
  }

  long totalMs() {
    return totalMs(spans);
  }

  static long totalMs(List<OffsetSpan> spans) {
    return spans.stream()
        .mapToLong(span -> span.getEndOffsetMillis() - span.getBeginOffsetMillis())
        .sum();
  }

  /** The silences from the start of the call to its end that are longer than a duration. */
  List<OffsetSpan> silences(long endOffsetMs, long longerThanMs) {
    List<OffsetSpan> silences = new ArrayList<>();
    long from = 0;
    for (OffsetSpan span : spans) {
      addSilence(silences, from, span.getBeginOffsetMillis(), longerThanMs);
      from = span.getEndOffsetMillis();
    }
    addSilence(silences, from, endOffsetMs, longerThanMs);
    return silences;
  }

  private static void addSilence(
      List<OffsetSpan> silences, long beginMs, long endMs, long longerThanMs) {
    if (endMs - beginMs > longerThanMs) {
      silences.add(new OffsetSpan(beginMs, endMs));
    }
  }
}

package io.undertone.cli.terminal;

import io.undertone.model.Emotion;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** Prints utterances as lines of a table; each line is flushed at once. */
public final class UtteranceTable {
  private static final int CALL_WIDTH = 24;
  private static final String LABELS = "%-" + CALL_WIDTH + "s %-9s %7s %7s  %-8s";

  private final PrintWriter out;

  public UtteranceTable(PrintWriter out) {
    this.out = out;
  }

  /** The names of the columns. */
  public void header() {
    StringBuilder line =
        new StringBuilder(LABELS.formatted("call", "side", "begin", "end", "emotion"));
    for (Emotion emotion : Emotion.values()) {
      line.append("%8s".formatted(emotion.longName()));
    }
    print(line);
  }

  /**
   * One utterance.
   *
   * @param probabilities of each emotion by name
   * @param note at the end of the line, may be empty
   */
  public void utterance(
      String call,
      String side,
      long beginOffsetMs,
      long endOffsetMs,
      String emotion,
      Map<String, Float> probabilities,
      String note) {
    StringBuilder line =
        new StringBuilder(
            LABELS.formatted(
                shortened(call), side, clock(beginOffsetMs), clock(endOffsetMs), emotion));
    for (Emotion column : Emotion.values()) {
      float probability = probabilities.getOrDefault(column.longName(), 0f);
      line.append(String.format(Locale.ROOT, "%8.2f", probability));
    }
    print(line.append(note.isEmpty() ? "" : "  " + note));
  }

  /** A line about a part of a call, in place of an emotion. */
  public void note(String call, String side, long beginOffsetMs, long endOffsetMs, String note) {
    print(
        String.format(
            Locale.ROOT,
            LABELS,
            shortened(call),
            side,
            clock(beginOffsetMs),
            clock(endOffsetMs),
            note));
  }

  /** Truncates a long name, so that the columns stay aligned. */
  private static String shortened(String call) {
    return call.length() <= CALL_WIDTH ? call : call.substring(0, CALL_WIDTH - 3) + "...";
  }

  /** Minutes, seconds and tenths: 1:05.3 for 65,320 ms. */
  public static String clock(long ms) {
    long tenths = ms / 100;
    return String.format(Locale.ROOT, "%d:%02d.%d", tenths / 600, tenths / 10 % 60, tenths % 10);
  }

  private void print(CharSequence line) {
    out.println(line);
    out.flush();
  }
}

package io.undertone.cli.redrive;

import io.undertone.cli.terminal.JsonLines;
import io.undertone.schemas.DeadLetter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints why there are letters, and what can be done about them. */
final class RedriveReport {
  private final PrintWriter out;

  RedriveReport(PrintWriter out) {
    this.out = out;
  }

  /** Counts by stage and reason, then the first letters. */
  void print(List<Redrivable> letters, int mostLetters) {
    count(letters, one -> one.letter().getStage() + " " + one.letter().getReason())
        .forEach((kind, number) -> out.printf("%7d  %s%n", number, kind));
    letters.stream().limit(mostLetters).forEach(this::printLetter);
    if (letters.size() > mostLetters) {
      out.printf("… and %d more; --letters N shows more%n", letters.size() - mostLetters);
    }
    out.printf("%d letters%s%n", letters.size(), verdicts(letters));
  }

  /** The last line with --json. */
  void printJson(List<Redrivable> letters, long sent) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("letters", letters.size());
    summary.put("reasons", count(letters, one -> one.letter().getReason().toString()));
    summary.put("stages", count(letters, one -> one.letter().getStage()));
    for (Verdict verdict : Verdict.values()) {
      summary.put(
          verdict.label(), letters.stream().filter(one -> one.verdict() == verdict).count());
    }
    summary.put("sent", sent);
    out.println(JsonLines.of(summary));
  }

  private void printLetter(Redrivable one) {
    DeadLetter letter = one.letter();
    out.printf(
        "%s  %s  %s %s  %s: %s%n",
        one.coordinates(),
        one.verdict().label(),
        letter.getStage(),
        letter.getReason(),
        call(letter),
        printable(letter.getMessage()));
  }

  private static String call(DeadLetter letter) {
    return letter.getTenant() == null
        ? "unknown call"
        : printable(letter.getTenant() + "/" + letter.getConversationId());
  }

  /** Senders choose these texts: none may control the terminal. */
  private static String printable(@Nullable String text) {
    return String.valueOf(text).replaceAll("\\p{Cntrl}", "?");
  }

  private static String verdicts(List<Redrivable> letters) {
    List<String> parts = new ArrayList<>();
    count(letters, one -> one.verdict().label())
        .forEach((verdict, number) -> parts.add(number + " " + verdict));
    return parts.isEmpty() ? "" : ": " + String.join(", ", parts);
  }

  private static Map<String, Long> count(
      List<Redrivable> letters, Function<Redrivable, String> by) {
    return letters.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
  }
}

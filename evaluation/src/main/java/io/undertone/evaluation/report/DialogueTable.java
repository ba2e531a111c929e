package io.undertone.evaluation.report;

import io.undertone.evaluation.ablation.Ablation;
import io.undertone.evaluation.ablation.AblationRow;
import io.undertone.evaluation.ablation.Drift;
import io.undertone.evaluation.comparison.DialogueResult;
import io.undertone.evaluation.comparison.FilterChoice;
import io.undertone.evaluation.comparison.Gain;
import io.undertone.evaluation.comparison.HalfGains;
import io.undertone.evaluation.comparison.StayGrid;
import io.undertone.training.evaluation.Interval;
import io.undertone.training.evaluation.Metrics;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints a dialogue evaluation as tables. */
public final class DialogueTable {
  private static final String BEST = ", the better of memory with and without filter";

  private DialogueTable() {}

  /** The filter parameter of each condition, and the UA of each value it was chosen from. */
  public static void print(FilterChoice filters, PrintWriter out) {
    Map<String, StayGrid> grids = filters.grids();
    if (!grids.isEmpty()) {
      out.println("UA on the dialogues of --choose-on, by stay");
      out.println("  stay" + cells(grids.keySet().stream()));
      StayGrid first = grids.values().iterator().next();
      for (double stay : first.unweightedAccuracy().keySet()) {
        out.printf(
            Locale.ROOT,
            "  %.2f%s%n",
            stay,
            cells(grids.values().stream().map(grid -> accuracy(grid, stay))));
      }
    }
    filters
        .parameters()
        .stayByCondition()
        .forEach(
            (condition, stay) ->
                out.printf(Locale.ROOT, "filter of %-10s stay %.2f%n", condition, stay));
  }

  private static String accuracy(StayGrid grid, double stay) {
    return String.format(Locale.ROOT, "%.3f", grid.unweightedAccuracy().get(stay));
  }

  private static String cells(Stream<String> texts) {
    return texts.map(text -> String.format(" %10s", text)).collect(Collectors.joining());
  }

  public static void print(DialogueResult result, PrintWriter out) {
    print("all dialogues", result.metrics(), out);
    if (result.byCorpus().size() > 1) {
      result.byCorpus().forEach((corpus, metrics) -> print(corpus, metrics, out));
    }
    out.println("UA gains with 95 % intervals");
    print(result.memory(), "", out);
    // If memory with filter is the better one, its gain is the best.
    boolean filtered = result.best().condition().equals(result.memoryFilter().condition());
    print(result.memoryFilter(), filtered ? BEST : "", out);
    if (!filtered) {
      print(result.best(), BEST, out);
    }
    result.halves().ifPresent(halves -> print(halves, out));
    result.halvesFilter().ifPresent(halves -> print(halves, out));
    out.flush();
  }

  public static void print(Ablation ablation, List<AblationRow> rows, PrintWriter out) {
    out.printf(
        "ablation %s: UA without and with memory%n", ablation.name().toLowerCase(Locale.ROOT));
    for (AblationRow row : rows) {
      out.printf(
          Locale.ROOT,
          "  %-14s %.3f %.3f  gain %s%n",
          row.setting(),
          row.window().confusion().unweightedAccuracy(),
          row.memory().confusion().unweightedAccuracy(),
          text(row.gain().value(), row.gain().interval()));
      row.drift().ifPresent(drift -> print(drift, row.memory(), out));
    }
    out.flush();
  }

  private static void print(Drift drift, Metrics memory, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "    NLL %.4f, %.2f core-ms an utterance%n",
        memory.negativeLogLikelihood(),
        drift.coreMs());
    for (Drift.After after : drift.after()) {
      out.printf(
          Locale.ROOT,
          "    after %d utterances: weights %.4f, at most %.4f; estimates %.4f, at most %.4f%n",
          after.utterances(),
          after.meanWeights(),
          after.mostWeights(),
          after.meanEstimate(),
          after.mostEstimate());
    }
  }

  private static void print(String name, Map<String, Metrics> metrics, PrintWriter out) {
    out.println(name);
    metrics.forEach(
        (condition, measured) -> out.printf(Locale.ROOT, "  %-16s %s%n", condition, measured));
  }

  private static void print(Gain gain, String note, PrintWriter out) {
    out.printf(
        "  %s - %s %s%s%n",
        gain.condition(), gain.base(), text(gain.value(), gain.interval()), note);
  }

  private static void print(HalfGains halves, PrintWriter out) {
    out.printf(
        "in %d dialogues of more than %d turns%n", halves.dialogues(), HalfGains.LONGER_THAN_TURNS);
    print(halves.first(), ", first half", out);
    print(halves.second(), ", second half", out);
    out.printf("  growth %s%n", text(halves.growth(), halves.growthInterval()));
  }

  private static String text(double value, Interval interval) {
    return String.format(Locale.ROOT, "%+.3f ", value) + interval.text("%+.3f");
  }
}

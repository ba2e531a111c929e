package io.undertone.training.finetuning;

import io.undertone.training.finetuning.Comparison.Change;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** Prints whether fine-tuning helped. */
public final class ComparisonTable {

  private static final String COLUMNS = "%-4s %7s %7s  %s%n";

  private ComparisonTable() {}

  /**
   * Prints a comparison.
   *
   * @param comparison empty without dev clips
   */
  public static void print(Optional<Comparison> comparison, PrintWriter out) {
    if (comparison.isEmpty()) {
      out.println(
          "No dev clips: nothing shows whether this helped. Give the clips of some speakers the"
              + " official_split dev.");
      return;
    }
    Comparison compared = comparison.get();
    out.printf(
        "%d dev clips of %d speakers, each alone, under a uniform prior%n",
        compared.clips().size(), compared.speakers());
    out.printf(COLUMNS, "", "before", "after", "difference [95 % interval]");
    row("UA", compared.accuracy(), out);
    row("NLL", compared.negativeLogLikelihood(), out);
    row("ECE", compared.calibrationError(), out);
    out.println(
        compared.bySpeakers()
            ? "Intervals: by speakers."
            : "Intervals: by clips, since there are few speakers; other speakers may differ by"
                + " more.");
    out.println(verdict(compared));
  }

  private static void row(String name, Change change, PrintWriter out) {
    out.printf(
        COLUMNS,
        name,
        number("%.3f", change.before()),
        number("%.3f", change.after()),
        number("%+.3f ", change.value()) + change.interval().text("%+.3f"));
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String verdict(Comparison compared) {
    Change accuracy = compared.accuracy();
    if (accuracy.interval().low() > 0) {
      return compared.bySpeakers()
          ? "It helped: the interval of UA is above 0."
          : ("It helped these %d speakers: the interval of UA is above 0. It is by clips, so it"
                  + " does not show that it helps others; for that, give at least %d speakers the"
                  + " official_split dev.")
              .formatted(compared.speakers(), Comparison.FEWEST_SPEAKERS);
    }
    return accuracy.interval().high() < 0
        ? "It did harm: the interval of UA is below 0."
        : "The difference may be chance: the interval of UA contains 0.";
  }
}

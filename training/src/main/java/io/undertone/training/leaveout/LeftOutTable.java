package io.undertone.training.leaveout;

import io.undertone.training.evaluation.Interval;
import io.undertone.training.evaluation.Metrics;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints a report as a table. */
public final class LeftOutTable {

  private static final String COLUMNS = "%-10s %6s  %-21s %-21s %-15s %5s  %-13s %-13s %-13s %-13s";

  private LeftOutTable() {}

  public static void print(LeftOutReport report, PrintWriter out) {
    out.println(
        COLUMNS
            .formatted(
                "left out",
                "clips",
                "UA as recorded",
                "UA by telephone",
                "UA by gender",
                "T",
                "NLL at 1, T",
                "ECE at 1, T",
                "p >= " + Confident.LEAST_PROBABILITY,
                "everyday")
            .stripTrailing());
    report.corpora().forEach(result -> out.println(row(result).stripTrailing()));
    out.printf(
        Locale.ROOT,
        "all corpora equally: where p >= %.1f, right in %.2f, which covers %.2f of the clips%n",
        Confident.LEAST_PROBABILITY,
        report.confident().right(),
        report.confident().covered());
    out.printf(
        Locale.ROOT, "temperature found on all corpora: %.3f%n", report.temperature().value());
    out.printf(
        Locale.ROOT,
        "Intervals: 95 %%, by speakers. p >= %.1f: share right of share covered. everyday: share"
            + " neutral, share angry at %.1f or more.%n",
        Confident.LEAST_PROBABILITY,
        EverydayShares.LEAST_ANGRY);
  }

  private static String row(LeftOutResult result) {
    return COLUMNS.formatted(
        result.corpus(),
        result.recorded().confusion().utterances(),
        accuracy(result.recorded(), result.recordedInterval()),
        accuracy(result.telephone(), result.telephoneInterval()),
        result.genders().entrySet().stream()
            .map(gender -> "%s %s".formatted(gender.getKey(), number(3, gender.getValue())))
            .collect(Collectors.joining(" ")),
        number(2, result.temperature().value()),
        pair(
            result.recorded().negativeLogLikelihood(), result.calibrated().negativeLogLikelihood()),
        pair(
            result.recorded().calibration().expectedError(),
            result.calibrated().calibration().expectedError()),
        number(2, result.confident().right()) + " of " + number(2, result.confident().covered()),
        result.everyday().utterances() == 0
            ? "-"
            : pair(result.everyday().neutral(), result.everyday().angry()));
  }

  private static String accuracy(Metrics metrics, Interval interval) {
    return number(3, metrics.confusion().unweightedAccuracy()) + " " + interval.text("%.2f");
  }

  private static String pair(double first, double second) {
    return number(3, first) + ", " + number(3, second);
  }

  private static String number(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}

package io.undertone.evaluation.report;

import io.undertone.evaluation.unlabelled.ConditionResult;
import io.undertone.evaluation.unlabelled.RecordingResult;
import io.undertone.evaluation.unlabelled.Share;
import io.undertone.evaluation.unlabelled.UnlabelledResult;
import io.undertone.model.Emotion;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** Prints the results of recordings without labels as a table. */
public final class UnlabelledTable {

  private static final String COLUMNS = "%-28s %7s %10s %6s  %-7s %5s %5s %5s  %-20s  %-20s  %7s";
  private static final double MINUTE_MS = 60_000;

  private UnlabelledTable() {}

  public static void print(UnlabelledResult result, PrintWriter out) {
    String alarm = String.format(Locale.ROOT, "angry >= %.2f", result.threshold().leastAngry());
    out.println(
        COLUMNS.formatted(
            "recording",
            "minutes",
            "utterances",
            "speech",
            "",
            "happy",
            "sad",
            "angry",
            "neutral",
            alarm,
            "an hour"));
    result
        .byFile()
        .forEach((file, ofFile) -> print(String.valueOf(file.getFileName()), ofFile, out));
    if (result.byFile().size() > 1) {
      print("all", result.all(), out);
    }
    print("shorter than " + UnlabelledResult.BRIEF_MS + " ms", result.brief(), out);
    out.println(
        "minutes of audio, and of speech in it; shares of utterances with 95 % intervals; alarms an"
            + " hour of audio");
    out.flush();
  }

  private static void print(String name, RecordingResult result, PrintWriter out) {
    String[] first = {
      name,
      number(1, result.durationMs() / MINUTE_MS),
      String.valueOf(result.utterances()),
      number(1, result.speechMs() / MINUTE_MS)
    };
    String[] next = {"", "", "", ""};
    String[] cells = first;
    for (var condition : result.conditions().entrySet()) {
      out.println(row(cells, condition.getKey(), condition.getValue()));
      cells = next;
    }
  }

  private static String row(String[] cells, String condition, ConditionResult result) {
    return COLUMNS.formatted(
        cells[0],
        cells[1],
        cells[2],
        cells[3],
        condition,
        share(result, Emotion.HAPPY),
        share(result, Emotion.SAD),
        share(result, Emotion.ANGRY),
        withInterval(Optional.ofNullable(result.emotions().get(Emotion.NEUTRAL))),
        withInterval(result.alarming()),
        number(1, result.alarmsAnHour()));
  }

  private static String share(ConditionResult result, Emotion emotion) {
    Share share = result.emotions().get(emotion);
    return share == null ? "-" : number(3, share.value());
  }

  private static String withInterval(Optional<Share> share) {
    return share
        .map(known -> number(3, known.value()) + " " + known.interval().text("%.3f"))
        .orElse("-");
  }

  private static String number(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}

package io.undertone.audio.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One recording with the stretches in which somebody speaks.
 *
 * @param file mono recording
 * @param speech stretches of speech; they may overlap
 */
record MarkedAudio(Path file, List<Stretch> speech) {

  /** Times in seconds since the recording's begin. */
  record Stretch(double beginSeconds, double endSeconds) {}

  /** Marks may have been made on a copy that was a little longer. */
  private static final double MOST_SECONDS_BEHIND = 1;

  private static final String MARKS = "segments.csv";
  private static final String HEADER = "path,start,end,speech,speaker";

  /** All recordings that the directory's segments.csv names with a path of that prefix. */
  static List<MarkedAudio> in(Path directory, String pathPrefix) throws IOException {
    Path marks = directory.resolve(MARKS);
    List<String> lines = Files.readAllLines(marks);
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new IOException(marks + ": must begin with the line " + HEADER);
    }
    Map<Path, List<Stretch>> speech = new LinkedHashMap<>();
    for (int i = 1; i < lines.size(); i++) {
      String[] fields = lines.get(i).split(",", -1);
      if (fields.length < 5) {
        throw new IOException(
            "%s: line %d must have 5 fields, but has %d".formatted(marks, i + 1, fields.length));
      }
      if (!fields[0].startsWith(pathPrefix)) {
        continue;
      }
      List<Stretch> stretches =
          speech.computeIfAbsent(directory.resolve(fields[0]), path -> new ArrayList<>());
      Stretch stretch = stretch(marks, i + 1, fields);
      if (isSpeech(marks, i + 1, fields[3])) {
        stretches.add(stretch);
      }
    }
    if (speech.isEmpty()) {
      throw new IOException(marks + ": names no recording that begins with '" + pathPrefix + "'");
    }
    return speech.entrySet().stream().map(e -> new MarkedAudio(e.getKey(), e.getValue())).toList();
  }

  private static Stretch stretch(Path marks, int line, String[] fields) throws IOException {
    try {
      Stretch stretch = new Stretch(Double.parseDouble(fields[1]), Double.parseDouble(fields[2]));
      if (!(stretch.beginSeconds() >= 0 && stretch.beginSeconds() <= stretch.endSeconds())) {
        throw new IOException(
            "%s: line %d: start must be at least 0 and at most end, but they are %s and %s"
                .formatted(marks, line, fields[1], fields[2]));
      }
      return stretch;
    } catch (NumberFormatException e) {
      throw new IOException("%s: line %d: %s".formatted(marks, line, e.getMessage()), e);
    }
  }

  private static boolean isSpeech(Path marks, int line, String field) throws IOException {
    if (!field.equals("1") && !field.equals("0")) {
      throw new IOException(
          "%s: line %d: speech must be 1 or 0, but is '%s'".formatted(marks, line, field));
    }
    return field.equals("1");
  }

  /**
   * Refuses marks that cannot be of this recording, such as milliseconds.
   *
   * @throws IOException if a stretch ends more than a second behind the recording
   */
  void checkWithin(double durationSeconds) throws IOException {
    for (Stretch stretch : speech) {
      if (stretch.endSeconds() > durationSeconds + MOST_SECONDS_BEHIND) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s: has %.3f seconds, but a mark ends at %.3f; marks must be in seconds",
                file,
                durationSeconds,
                stretch.endSeconds()));
      }
    }
  }

  /** Whether somebody speaks at a time. */
  boolean speechAt(double seconds) {
    return speech.stream().anyMatch(s -> s.beginSeconds() <= seconds && seconds < s.endSeconds());
  }
}

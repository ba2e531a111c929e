package io.undertone.audio.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
      if (fields[3].equals("1")) {
        stretches.add(stretch(marks, i + 1, fields));
      }
    }
    if (speech.isEmpty()) {
      throw new IOException(marks + ": names no recording that begins with '" + pathPrefix + "'");
    }
    return speech.entrySet().stream().map(e -> new MarkedAudio(e.getKey(), e.getValue())).toList();
  }

  private static Stretch stretch(Path marks, int line, String[] fields) throws IOException {
    try {
      return new Stretch(Double.parseDouble(fields[1]), Double.parseDouble(fields[2]));
    } catch (NumberFormatException e) {
      throw new IOException("%s: line %d: %s".formatted(marks, line, e.getMessage()), e);
    }
  }

  /** Whether somebody speaks at a time. */
  boolean speechAt(double seconds) {
    return speech.stream().anyMatch(s -> s.beginSeconds() <= seconds && seconds < s.endSeconds());
  }
}

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
 * A recording and its annotated speech.
 *
 * @param file mono recording
 * @param speech spans of speech; they may overlap
 */
record AnnotatedRecording(Path file, List<Span> speech) {

  /** Times in seconds since the start of the recording. */
  record Span(double beginSeconds, double endSeconds) {}

  /** Tolerance, as the annotated copy may have been slightly longer. */
  private static final double TOLERANCE_SECONDS = 1;

  private static final String ANNOTATIONS = "segments.csv";
  private static final String HEADER = "path,start,end,speech,speaker";

  /** All recordings of the directory's segments.csv whose path starts with a prefix. */
  static List<AnnotatedRecording> in(Path directory, String pathPrefix) throws IOException {
    Path annotations = directory.resolve(ANNOTATIONS);
    List<String> lines = Files.readAllLines(annotations);
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new IOException(annotations + ": must start with the line " + HEADER);
    }
    Map<Path, List<Span>> speech = new LinkedHashMap<>();
    for (int i = 1; i < lines.size(); i++) {
      String[] fields = lines.get(i).split(",", -1);
      if (fields.length < 5) {
        throw new IOException(
            "%s: line %d must have 5 fields, but has %d"
                .formatted(annotations, i + 1, fields.length));
      }
      if (!fields[0].startsWith(pathPrefix)) {
        continue;
      }
      List<Span> spans =
          speech.computeIfAbsent(directory.resolve(fields[0]), path -> new ArrayList<>());
      Span span = span(annotations, i + 1, fields);
      if (isSpeech(annotations, i + 1, fields[3])) {
        spans.add(span);
      }
    }
    if (speech.isEmpty()) {
      throw new IOException(
          annotations + ": has no recording whose path starts with '" + pathPrefix + "'");
    }
    return speech.entrySet().stream()
        .map(e -> new AnnotatedRecording(e.getKey(), e.getValue()))
        .toList();
  }

  private static Span span(Path annotations, int line, String[] fields) throws IOException {
    try {
      Span span = new Span(Double.parseDouble(fields[1]), Double.parseDouble(fields[2]));
      if (!(span.beginSeconds() >= 0 && span.beginSeconds() <= span.endSeconds())) {
        throw new IOException(
            "%s: line %d: start must be from 0 to end, but start is %s and end is %s"
                .formatted(annotations, line, fields[1], fields[2]));
      }
      return span;
    } catch (NumberFormatException e) {
      throw new IOException("%s: line %d: %s".formatted(annotations, line, e.getMessage()), e);
    }
  }

  private static boolean isSpeech(Path annotations, int line, String field) throws IOException {
    if (!field.equals("1") && !field.equals("0")) {
      throw new IOException(
          "%s: line %d: speech must be 1 or 0, but is '%s'".formatted(annotations, line, field));
    }
    return field.equals("1");
  }

  /**
   * Rejects annotations that cannot belong to this recording, for example in milliseconds.
   *
   * @throws IOException if a span ends more than a second after the recording
   */
  void checkWithin(double durationSeconds) throws IOException {
    for (Span span : speech) {
      if (span.endSeconds() > durationSeconds + TOLERANCE_SECONDS) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s: has %.3f seconds, but an annotation ends at %.3f;"
                    + " annotations must be in seconds",
                file,
                durationSeconds,
                span.endSeconds()));
      }
    }
  }

  /** Whether there is speech at a time. */
  boolean speechAt(double seconds) {
    return speech.stream().anyMatch(s -> s.beginSeconds() <= seconds && seconds < s.endSeconds());
  }
}

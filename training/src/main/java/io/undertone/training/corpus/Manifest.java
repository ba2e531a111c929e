package io.undertone.training.corpus;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads the manifest, a CSV file with a clip per row. Required columns are {@code path, corpus,
 * speaker, emotion, emotion4} ({@code hap, sad, ang, neu} or empty) and {@code official_split}
 * ({@code train, dev, test}, or empty for train). The optional column {@code perceived_voice} has
 * the listeners' majority vote on the voice alone: {@code H, S, A, N}; any other value, such as
 * {@code D} or a tie {@code N:S}, is none of the model's classes. Other optional columns:
 *
 * <ul>
 *   <li>{@code gender}: results are given by it.
 *   <li>{@code weak}: the target of a clip without a label, as {@link WeakTarget} reads it.
 *   <li>{@code begin_ms, end_ms}: both or none; the clip is this part of its recording.
 * </ul>
 */
public final class Manifest {

  private static final List<String> COLUMNS =
      List.of("path", "corpus", "speaker", "emotion", "emotion4", "official_split");
  private static final String PERCEIVED = "perceived_voice";
  private static final String GENDER = "gender";
  private static final String WEAK = "weak";
  private static final String BEGIN = "begin_ms";
  private static final String END = "end_ms";

  private Manifest() {}

  /**
   * Reads the clips of some corpora.
   *
   * @param corpora names of the corpora to read; empty for all
   * @throws CorpusException if a column is missing, a value is invalid, or a speaker is in two
   *     splits
   */
  public static List<Clip> read(Path file, Set<String> corpora) throws IOException {
    List<Clip> clips =
        rows(file).stream()
            .filter(clip -> corpora.isEmpty() || corpora.contains(clip.corpus()))
            .toList();
    if (clips.isEmpty()) {
      throw new CorpusException(file + ": no clips of corpora " + corpora);
    }
    requireDisjointSpeakers(file.toString(), clips);
    return clips;
  }

  /** All clips, unchecked against each other. */
  static List<Clip> rows(Path file) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    List<Clip> clips = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser rows = format.parse(reader)) {
      for (String column : COLUMNS) {
        if (!rows.getHeaderNames().contains(column)) {
          throw new CorpusException(
              file + ": column '" + column + "' is missing; columns are " + rows.getHeaderNames());
        }
      }
      for (CSVRecord row : rows) {
        clips.add(clip(file, rows.getCurrentLineNumber(), row));
      }
    }
    return clips;
  }

  /** Splits must not share speakers. */
  static void requireDisjointSpeakers(String source, List<Clip> clips) {
    Map<String, Split> splits = new HashMap<>();
    for (Clip clip : clips) {
      Split before = splits.putIfAbsent(clip.speaker(), clip.split());
      if (before != null && before != clip.split()) {
        throw new CorpusException(
            "%s: speaker %s must be in one split, but is in %s and %s"
                .formatted(source, clip.speaker(), before, clip.split()));
      }
    }
  }

  private static Clip clip(Path file, long line, CSVRecord row) {
    try {
      String split = row.get("official_split");
      Optional<EmotionEstimate> weak = WeakTarget.parse(optional(row, WEAK));
      if (weak.isPresent() != row.get("emotion").isEmpty()) {
        throw new IllegalArgumentException(
            "a clip must have either emotion or weak, but they are '%s' and '%s'"
                .formatted(row.get("emotion"), optional(row, WEAK)));
      }
      return new Clip(
          row.get("path"),
          part(optional(row, BEGIN), optional(row, END)),
          row.get("corpus"),
          row.get("corpus") + "/" + row.get("speaker"),
          optional(row, GENDER),
          row.get("emotion"),
          emotion(row.get("emotion4")),
          perceived(optional(row, PERCEIVED)),
          weak,
          split.isEmpty() ? Split.TRAIN : split(split));
    } catch (IllegalArgumentException e) {
      throw new CorpusException(file + ", line " + line + ": " + e.getMessage());
    }
  }

  private static String optional(CSVRecord row, String column) {
    return row.isMapped(column) ? row.get(column) : "";
  }

  private static Optional<ClipPart> part(String begin, String end) {
    if (begin.isEmpty() && end.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new ClipPart(ms(BEGIN, begin), ms(END, end)));
  }

  private static long ms(String column, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          column + " must be a whole number of milliseconds, but is '" + value + "'", e);
    }
  }

  private static Optional<Emotion> emotion(String name) {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Arrays.stream(Emotion.values())
            .filter(emotion -> emotion.shortName().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "emotion4 must be one of hap, sad, ang, neu, or empty, but is '%s'"
                            .formatted(name))));
  }

  private static Optional<Emotion> perceived(String majority) {
    return switch (majority) {
      case "H" -> Optional.of(Emotion.HAPPY);
      case "S" -> Optional.of(Emotion.SAD);
      case "A" -> Optional.of(Emotion.ANGRY);
      case "N" -> Optional.of(Emotion.NEUTRAL);
      default -> Optional.empty();
    };
  }

  private static Split split(String name) {
    return switch (name) {
      case "train" -> Split.TRAIN;
      case "dev" -> Split.DEV;
      case "test" -> Split.TEST;
      default ->
          throw new IllegalArgumentException(
              "official_split must be one of train, dev, test, or empty, but is '" + name + "'");
    };
  }
}

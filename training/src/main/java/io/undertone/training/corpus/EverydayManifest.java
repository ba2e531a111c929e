package io.undertone.training.corpus;

import io.undertone.audio.Pcm;
import io.undertone.audio.Utterance;
import io.undertone.audio.file.AudioFileException;
import io.undertone.audio.file.AudioFiles;
import io.undertone.audio.segment.ChannelSegmenter;
import io.undertone.audio.vad.VoiceActivityDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Makes a manifest of the utterances in recordings of everyday speech, cut as in a job. Each
 * recording counts as a speaker, and every third one is for judging.
 *
 * @param corpus name of the corpus
 */
public record EverydayManifest(String corpus, VoiceActivityDetector detector) {

  private static final int HELD_OUT_ONE_IN = 3;

  /** Shorter utterances, such as a single "yes", say too little. */
  private static final int LEAST_MS = 500;

  private static final String[] COLUMNS = {
    "path",
    "corpus",
    "speaker",
    "emotion",
    "emotion4",
    "official_split",
    "begin_ms",
    "end_ms",
    "weak"
  };

  /**
   * Writes the manifest, once all recordings have been read.
   *
   * @param recordings of different names; the first channel is used
   * @param out paths in it are relative to its directory
   * @throws CorpusException if a recording cannot be read, or two have the same name
   */
  public void write(List<Path> recordings, Path out) throws IOException {
    List<Path> sorted = new ArrayList<>(recordings);
    sorted.sort(Comparator.comparing(EverydayManifest::name));
    requireDifferentNames(sorted);
    List<Object[]> rows = new ArrayList<>();
    try {
      for (int i = 0; i < sorted.size(); i++) {
        rows.addAll(rows(sorted.get(i), i % HELD_OUT_ONE_IN == 0 ? "dev" : "train", out));
      }
    } catch (AudioFileException e) {
      throw new CorpusException(String.valueOf(e.getMessage()), e);
    }
    CSVFormat format =
        CSVFormat.DEFAULT.builder().setHeader(COLUMNS).setRecordSeparator('\n').get();
    try (CSVPrinter printer = new CSVPrinter(Files.newBufferedWriter(out), format)) {
      printer.printRecords(rows);
    }
  }

  /** A recording's name is its speaker, and a speaker is of one split. */
  private static void requireDifferentNames(List<Path> sorted) {
    for (int i = 1; i < sorted.size(); i++) {
      if (name(sorted.get(i - 1)).equals(name(sorted.get(i)))) {
        throw new CorpusException(
            "recordings must have different names, but both %s and %s are '%s'"
                .formatted(sorted.get(i - 1), sorted.get(i), name(sorted.get(i))));
      }
    }
  }

  private List<Object[]> rows(Path recording, String split, Path out)
      throws IOException, AudioFileException {
    Path root = out.toAbsolutePath().normalize().resolveSibling("");
    Path path = root.relativize(recording.toAbsolutePath().normalize());
    Pcm speech = AudioFiles.read(recording).get(0);
    List<Object[]> rows = new ArrayList<>();
    for (Utterance utterance : ChannelSegmenter.utterances(speech, detector)) {
      long beginMs = utterance.beginOffsetMs();
      long endMs = Math.min(utterance.endOffsetMs(), speech.durationMs());
      if (endMs - beginMs >= LEAST_MS) {
        rows.add(
            new Object[] {
              path, corpus, name(recording), "", "", split, beginMs, endMs, WeakTarget.NEUTRAL_NAME
            });
      }
    }
    return rows;
  }

  /** The file's name without its extension. */
  private static String name(Path recording) {
    return String.valueOf(recording.getFileName()).replaceFirst("\\.\\w+$", "");
  }
}

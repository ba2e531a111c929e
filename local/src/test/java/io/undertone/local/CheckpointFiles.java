package io.undertone.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files of checkpoints, as whoever steals them reads them. */
final class CheckpointFiles {

  private CheckpointFiles() {}

  /** Whether a file beneath a folder has these bytes. */
  static boolean contain(Path folder, byte[] bytes) throws IOException {
    String searched = new String(bytes, StandardCharsets.ISO_8859_1);
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).anyMatch(file -> read(file).contains(searched));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        // Flink has deleted a file of an older checkpoint meanwhile.
        return contain(folder, bytes);
      }
      throw e;
    }
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

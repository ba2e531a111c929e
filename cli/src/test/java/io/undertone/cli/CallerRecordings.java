package io.undertone.cli;

import io.undertone.audio.file.AudioFileException;
import io.undertone.audio.file.AudioFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The callers' sides of the bundled calls, as clips: one channel each. */
final class CallerRecordings {

  private CallerRecordings() {}

  /** Writes {@code NAME.wav} for the synthetic calls into a new folder; returns the folder. */
  static Path in(Path directory) throws IOException, AudioFileException {
    Path folder = Files.createDirectory(directory.resolve("callers"));
    for (String name : new String[] {"lost-parcel", "cold-house", "cancelled-trip"}) {
      AudioFiles.writeWav(
          folder.resolve(name + ".wav"),
          AudioFiles.read(CommandRun.CALLS.resolve(name + ".flac")).get(0));
    }
    return folder;
  }
}

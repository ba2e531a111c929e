package io.undertone.cli.sounds;

import io.undertone.audio.file.AudioFiles;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.evaluation.sound.CallSound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the sounds of calls without speech. */
@Command(
    name = "sounds",
    description = {
      "Makes what calls contain beside speech, as WAV files of 8 kHz: hold music, ring-back and"
          + " busy tones, keys, line noise, a street.",
      "Count false alarms on them with 'undertone evaluate --recordings'. The same seed gives the"
          + " same files."
    })
public final class SoundsCommand implements Callable<Integer> {

  private static final int LONGEST_SECONDS = 3600;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Directory to write the files into; made if it is missing.")
  private Path out = Path.of("");

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Duration of each file (default: ${DEFAULT-VALUE}).")
  private int seconds = 120;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides melodies, keys and noise (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Override
  public Integer call() throws IOException, UserErrorException {
    if (seconds < 1 || seconds > LONGEST_SECONDS) {
      throw new UserErrorException(
          "--seconds must be from 1 to %d, but is %d".formatted(LONGEST_SECONDS, seconds));
    }
    Files.createDirectories(out);
    for (CallSound sound : CallSound.values()) {
      AudioFiles.writeWav(out.resolve(sound.label() + ".wav"), sound.make(seconds, seed));
    }
    return 0;
  }
}

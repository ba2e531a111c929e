package io.undertone.cli.recording;

import io.undertone.audio.Pcm;
import io.undertone.audio.file.AudioFileException;
import io.undertone.audio.file.AudioFiles;
import io.undertone.cli.terminal.IoMessages;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.schemas.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for reading a file, and for the roles of its channels. */
public final class RecordingOptions {
  private static final int DEFAULT_RATE_HZ = 8_000;
  private static final int LOWEST_RATE_HZ = 8_000;
  private static final int HIGHEST_RATE_HZ = 48_000;

  @Option(
      names = "--g711",
      paramLabel = "LAW",
      description = "The files are raw G.711, one channel: ${COMPLETION-CANDIDATES}.")
  private @Nullable G711Law g711;

  @Option(
      names = "--rate",
      paramLabel = "HZ",
      description = "Sample rate of raw G.711, in Hz (default: " + DEFAULT_RATE_HZ + ").")
  private @Nullable Integer rateHz;

  @Option(
      names = "--roles",
      split = ",",
      paramLabel = "ROLE",
      description =
          "Role of each channel in order: customer, agent or unknown, separated by commas.")
  private List<Role> roles = List.of();

  /** Whether the user gave the roles. */
  public boolean namesRoles() {
    return !roles.isEmpty();
  }

  /** Reads a file; a bad file or option is a user error. */
  public Recording read(Path file) throws UserErrorException {
    List<Pcm> pcms = samples(file);
    if (namesRoles() && roles.size() != pcms.size()) {
      throw new UserErrorException(
          "--roles must name %d, one for each channel of %s, but names %d"
              .formatted(pcms.size(), file, roles.size()));
    }
    List<Side> sides = new ArrayList<>();
    for (int channel = 0; channel < pcms.size(); channel++) {
      Role role = namesRoles() ? roles.get(channel) : Role.UNKNOWN;
      sides.add(new Side(channel, role, pcms.get(channel)));
    }
    return new Recording(file, sides);
  }

  private List<Pcm> samples(Path file) throws UserErrorException {
    if (file.toString().isEmpty()) {
      throw new UserErrorException("FILE must name a file, but is ''");
    }
    int g711RateHz = rateHz == null ? DEFAULT_RATE_HZ : rateHz;
    if (g711RateHz < LOWEST_RATE_HZ || g711RateHz > HIGHEST_RATE_HZ) {
      throw new UserErrorException(
          "--rate must be from %d to %d, but is %d"
              .formatted(LOWEST_RATE_HZ, HIGHEST_RATE_HZ, g711RateHz));
    }
    if (rateHz != null && g711 == null) {
      throw new UserErrorException(
          "--rate must be given with --g711 only: WAV and FLAC files state their rate");
    }
    try {
      return g711 == null
          ? AudioFiles.read(file)
          : List.of(AudioFiles.readG711(file, g711.codec, g711RateHz));
    } catch (AudioFileException e) {
      throw new UserErrorException(IoMessages.of(e), e);
    }
  }
}

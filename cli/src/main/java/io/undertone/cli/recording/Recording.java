package io.undertone.cli.recording;

import io.undertone.cli.terminal.UserErrorException;
import io.undertone.schemas.Role;
import java.nio.file.Path;
import java.util.List;

/**
 * One call in a file.
 *
 * @param file its path
 * @param sides its channels, by number
 */
public record Recording(Path file, List<Side> sides) {
  /** The tenant of calls that come from files. */
  public static final String TENANT = "local";

  public Recording {
    sides = List.copyOf(sides);
  }

  /** The conversation id. */
  public String conversationId() {
    return nameOf(file);
  }

  /** A file's name without its extension. */
  public static String nameOf(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** The same call without the sides of agents. */
  public Recording withoutAgent() {
    return new Recording(file, sides.stream().filter(side -> side.role() != Role.AGENT).toList());
  }

  /** The same call with only some of its channels, all of which must exist. */
  public Recording only(List<Integer> channels) throws UserErrorException {
    for (int channel : channels) {
      if (channel < 0 || channel >= sides.size()) {
        throw new UserErrorException(
            "--channels must be from 0 to %d for %s, but is %d"
                .formatted(sides.size() - 1, file, channel));
      }
    }
    return new Recording(
        file, sides.stream().filter(side -> channels.contains(side.channel())).toList());
  }
}

package io.undertone.cli.terminal;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that the user gave: none of them may be ignored silently. */
public final class GivenOptions {
  private final ParseResult parsed;

  private GivenOptions(ParseResult parsed) {
    this.parsed = parsed;
  }

  /** The options of a running command. */
  public static GivenOptions of(CommandSpec spec) {
    return new GivenOptions(spec.commandLine().getParseResult());
  }

  public boolean has(String option) {
    return parsed.hasMatchedOption(option);
  }

  /** Refuses options that would have no effect, for example {@code without --conversations}. */
  public void refuse(String where, String... options) throws UserErrorException {
    for (String option : options) {
      if (has(option)) {
        throw new UserErrorException(option + " must not be given " + where);
      }
    }
  }
}

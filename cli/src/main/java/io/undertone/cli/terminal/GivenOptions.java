package io.undertone.cli.terminal;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that the user gave: none of them may be passed over in silence. */
public final class GivenOptions {
  private final ParseResult parsed;

  private GivenOptions(ParseResult parsed) {
    this.parsed = parsed;
  }

  /** Those of a command that runs. */
  public static GivenOptions of(CommandSpec spec) {
    return new GivenOptions(spec.commandLine().getParseResult());
  }

  public boolean has(String option) {
    return parsed.hasMatchedOption(option);
  }

  /** Refuses options where they would change nothing: {@code without --conversations}, say. */
  public void refuse(String where, String... options) throws UserErrorException {
    for (String option : options) {
      if (has(option)) {
        throw new UserErrorException(option + " must not be given " + where);
      }
    }
  }
}

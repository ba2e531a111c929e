package io.undertone.cli.job;

import io.undertone.jobs.options.JobOptions;
import picocli.CommandLine;

/** Lets a command take the job's own options as arguments, and list them in its help. */
public final class JobOptionArguments {
  /** Wide enough to keep the lines of options whole. */
  private static final int HELP_WIDTH = 200;

  private JobOptionArguments() {}

  /**
   * A command that passes the job's own options through.
   *
   * @param command has a positional parameter that takes them
   */
  public static CommandLine commandLine(Object command) {
    CommandLine line = new CommandLine(command);
    line.setUnmatchedOptionsArePositionalParams(true);
    line.setUsageHelpWidth(HELP_WIDTH);
    // picocli treats the lines of a footer as format strings.
    String options = "\n" + JobOptions.help().replace("%", "%%");
    line.getCommandSpec().usageMessage().footer(options.split("\n", -1));
    return line;
  }
}

package io.undertone.cli.rules;

import io.undertone.alerts.rules.AlertRules;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Parent of the commands for alert rules. Without one of them, it prints the default rules. */
@Command(
    name = "rules",
    synopsisSubcommandLabel = "[check]",
    description = "Prints the alert rules that come with Undertone; check tests your own.")
public final class RulesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  private RulesCommand() {}

  /** The command with its subcommands. */
  public static CommandLine commandLine() {
    return new CommandLine(new RulesCommand()).addSubcommand(new RulesCheckCommand());
  }

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(AlertRules.defaultYaml());
    spec.commandLine().getOut().flush();
    return 0;
  }
}

package io.undertone.cli.rules;

import io.undertone.alerts.engine.RuleSet;
import io.undertone.alerts.rules.AlertRule;
import io.undertone.alerts.rules.AlertRules;
import io.undertone.alerts.rules.InvalidRulesException;
import io.undertone.alerts.rules.RuleProblem;
import io.undertone.cli.terminal.IoMessages;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.schemas.EmotionEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks alert rules, and shows what they make of recorded events. */
@Command(
    name = "check",
    description = {
      "Checks a file of alert rules; each problem is a line with its place.",
      "With --events, shows the alerts that the rules raise from recorded events."
    })
final class RulesCheckCommand implements Callable<Integer> {
  private static final int BAD_INPUT = 2;

  @Parameters(paramLabel = "FILE", description = "Alert rules, as YAML.")
  private Path file = Path.of("");

  @Option(
      names = "--events",
      paramLabel = "FILE",
      description = "Events as JSON, one a line, as 'demo --events' writes them.")
  private @Nullable Path events;

  @Option(names = "--json", description = "Print each alert as a JSON object, and counts at last.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UserErrorException {
    List<AlertRule> rules;
    try {
      rules = AlertRules.parse(read(file));
    } catch (InvalidRulesException e) {
      for (RuleProblem problem : e.problems()) {
        spec.commandLine().getErr().println(file + ":" + problem);
      }
      spec.commandLine().getErr().flush();
      return BAD_INPUT;
    }
    PrintWriter out = spec.commandLine().getOut();
    if (events == null) {
      out.printf("%s: %d rules%n", file, rules.size());
      out.flush();
      return 0;
    }
    List<EmotionEvent> recorded = EventLines.read(events);
    AlertReport report = json ? AlertReport.json(out) : AlertReport.table(out);
    RecordedCalls.play(recorded, new RuleSet(rules), report::print);
    report.end(rules.size(), recorded);
    return 0;
  }

  private static String read(Path file) throws UserErrorException {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UserErrorException("rules cannot be read: " + IoMessages.of(e), e);
    }
  }
}

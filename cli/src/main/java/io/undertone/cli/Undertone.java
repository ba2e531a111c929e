package io.undertone.cli;

import io.undertone.cli.bench.BenchCommand;
import io.undertone.cli.chaos.ChaosCommand;
import io.undertone.cli.classify.ClassifyCommand;
import io.undertone.cli.dashboard.DashboardCommand;
import io.undertone.cli.demo.DemoCommand;
import io.undertone.cli.evaluate.EvaluateCommand;
import io.undertone.cli.events.EventsCommand;
import io.undertone.cli.everyday.EverydayCommand;
import io.undertone.cli.export.ExportCommand;
import io.undertone.cli.forget.ForgetCommand;
import io.undertone.cli.job.JobCommand;
import io.undertone.cli.leaveout.LeaveOneOutCommand;
import io.undertone.cli.memories.MemoriesCommand;
import io.undertone.cli.model.ModelSource;
import io.undertone.cli.notify.NotifyCommand;
import io.undertone.cli.plan.PlanCommand;
import io.undertone.cli.redrive.RedriveCommand;
import io.undertone.cli.rules.RulesCommand;
import io.undertone.cli.send.SendCommand;
import io.undertone.cli.simulate.SimulateCommand;
import io.undertone.cli.sounds.SoundsCommand;
import io.undertone.cli.sql.SqlCommand;
import io.undertone.cli.submit.AssembleCommand;
import io.undertone.cli.submit.SubmitCommand;
import io.undertone.cli.terminal.FailureLines;
import io.undertone.cli.terminal.ManifestVersion;
import io.undertone.cli.train.TrainCommand;
import io.undertone.cli.verify.VerifyModelCommand;
import io.undertone.cli.verify.VerifyVadCommand;
import io.undertone.model.torch.TorchModelFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** Main class: the parent of all commands. */
@Command(
    name = "undertone",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = ManifestVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Recognizes emotion in live calls of any length.")
public final class Undertone {

  private Undertone() {}

  public static void main(String[] arguments) {
    ModelSource torch =
        (directory, prior, arithmetic, device) ->
            new TorchModelFactory(directory.toString(), prior, arithmetic, device);
    System.exit(commandLine(torch).execute(arguments));
  }

  /** All commands, with models from a source. */
  public static CommandLine commandLine(ModelSource models) {
    FailureLines failures = new FailureLines();
    return new CommandLine(new Undertone())
        .addSubcommand(new DemoCommand(models))
        .addSubcommand(new DashboardCommand())
        .addSubcommand(new ClassifyCommand(models))
        .addSubcommand(new SendCommand())
        .addSubcommand(new ForgetCommand())
        .addSubcommand(JobCommand.commandLine(models))
        .addSubcommand(new AssembleCommand())
        .addSubcommand(SubmitCommand.commandLine())
        .addSubcommand(new NotifyCommand())
        .addSubcommand(RedriveCommand.commandLine())
        .addSubcommand(new MemoriesCommand())
        .addSubcommand(RulesCommand.commandLine())
        .addSubcommand(new EventsCommand())
        .addSubcommand(new SqlCommand())
        .addSubcommand(new ExportCommand())
        .addSubcommand(new TrainCommand())
        .addSubcommand(new LeaveOneOutCommand())
        .addSubcommand(new EverydayCommand())
        .addSubcommand(new EvaluateCommand())
        .addSubcommand(new SoundsCommand())
        .addSubcommand(new BenchCommand(models))
        .addSubcommand(new PlanCommand(models))
        .addSubcommand(new SimulateCommand())
        .addSubcommand(new ChaosCommand())
        .addSubcommand(new VerifyModelCommand())
        .addSubcommand(new VerifyVadCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }
}

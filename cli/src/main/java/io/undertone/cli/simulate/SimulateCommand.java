package io.undertone.cli.simulate;

import io.undertone.bench.report.OutcomeTable;
import io.undertone.bench.simulation.Day;
import io.undertone.bench.simulation.FleetSimulation;
import io.undertone.bench.simulation.FleetSize;
import io.undertone.bench.simulation.MachineFigures;
import io.undertone.bench.simulation.Outcome;
import io.undertone.cli.plan.MachineOption;
import io.undertone.cli.terminal.GivenOptions;
import io.undertone.cli.terminal.JsonLines;
import io.undertone.cli.terminal.UserErrorException;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.DoubleToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Latencies and cost of a contact centre's day on a fleet. */
@Command(
    name = "simulate",
    description = {
      "Simulates a contact centre's day on a fleet: arrivals by the hour, batches, failures,",
      "rescales and checkpoints. docs/scaling.md explains the model and what follows from it."
    })
public final class SimulateCommand implements Callable<Integer> {
  @Mixin private MachineOption machine = new MachineOption();

  @Option(
      names = "--calls",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Calls of the day, on average (default: ${DEFAULT-VALUE}).")
  private double calls = 10_000;

  @Option(
      names = "--call-seconds",
      paramLabel = "S",
      defaultValue = "300",
      description = "Mean duration of a call (default: ${DEFAULT-VALUE}).")
  private double callSeconds = 300;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Jobs that share the calls; a failure stops one of them (default: ${DEFAULT-VALUE}).")
  private int jobs = 1;

  @Option(
      names = "--machines",
      paramLabel = "N",
      description = "Machines of each job, all day (default: as many as --calls-per-machine asks).")
  private @Nullable Integer machines;

  @Option(
      names = "--calls-per-machine",
      paramLabel = "N",
      description =
          "Live calls to expect on a machine in the busiest hour (default: as many as keep the"
              + " bound on the fullest machine, as plan computes it).")
  private @Nullable Integer callsPerMachine;

  @Option(
      names = "--rescale",
      description =
          "Rescale to what each hour needs, instead of the busiest hour's machines all day.")
  private boolean rescale;

  @Option(
      names = "--bound",
      paramLabel = "MS",
      defaultValue = "1000",
      description =
          "Events that come later after the end of their utterance are late (default:"
              + " ${DEFAULT-VALUE}).")
  private int boundMs = 1_000;

  @Option(
      names = "--state-bytes",
      paramLabel = "N",
      defaultValue = "3800",
      description = "Bytes of a live call in a checkpoint (default: ${DEFAULT-VALUE}).")
  private double stateBytes = 3_800;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same day (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Mixin private JobOptionGroup job = new JobOptionGroup();

  @Option(names = "--json", description = "The last line of output is all figures as JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UserErrorException {
    if (machines != null) {
      GivenOptions.of(spec).refuse("beside --machines", "--calls-per-machine", "--rescale");
    }
    try {
      MachineFigures figures = machine.figures();
      Day day = new Day(calls, callSeconds);
      FleetSimulation fleet =
          new FleetSimulation(
              figures, jobs, job.settings(machines(day, figures)), stateBytes, boundMs, seed);
      Outcome outcome = fleet.run(day);
      PrintWriter out = spec.commandLine().getOut();
      new OutcomeTable(out).print(outcome, boundMs, figures.cores());
      if (json) {
        out.println(JsonLines.of(OutcomeTable.json(outcome, figures)));
      }
      out.flush();
      return 0;
    } catch (IllegalArgumentException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Of one job, by the hour. */
  private List<Integer> machines(Day day, MachineFigures figures) {
    if (machines != null) {
      return Collections.nCopies(Day.HOURS, machines);
    }
    if (jobs < 1) {
      throw new IllegalArgumentException("jobs must be at least 1, but are " + jobs);
    }
    DoubleToIntFunction needed = needed(figures);
    List<Integer> byHour =
        IntStream.range(0, Day.HOURS)
            .mapToObj(hour -> needed.applyAsInt(day.liveCalls(hour) / jobs))
            .toList();
    return rescale ? byHour : Collections.nCopies(Day.HOURS, Collections.max(byHour));
  }

  private DoubleToIntFunction needed(MachineFigures figures) {
    if (callsPerMachine != null) {
      int most = callsPerMachine;
      if (most < 1) {
        throw new IllegalArgumentException("calls-per-machine must be at least 1, but is " + most);
      }
      return liveCalls -> (int) Math.max(1, Math.ceil(liveCalls / most));
    }
    FleetSize size = FleetSize.within(boundMs, figures);
    return liveCalls -> (int) size.machines((long) Math.ceil(liveCalls), job.maxParallelism());
  }
}

package io.undertone.cli.chaos;

import io.undertone.cli.demo.BundledCalls;
import io.undertone.cli.model.ModelOption;
import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.cli.terminal.Home;
import io.undertone.cli.terminal.IoMessages;
import io.undertone.cli.terminal.JsonLines;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.Delivery;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.local.chaos.ChaosReport;
import io.undertone.local.chaos.ChaosRun;
import io.undertone.local.chaos.ChaosSettings;
import io.undertone.local.chaos.FaultKind;
import io.undertone.local.chaos.Plant;
import io.undertone.local.cluster.ClusterException;
import io.undertone.local.replay.CallRecording;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets a cluster fail, and says what became of the events. */
@Command(
    name = "chaos",
    description = {
      "Starts ZooKeeper, Kafka and Flink in processes of their own, plays live calls, lets faults"
          + " happen, and compares the events with those of an undisturbed run.",
      "The exit status is 1 if an event is lost or differs, or if the job does not come back."
    })
public final class ChaosCommand implements Callable<Integer> {
  private static final int LONGEST_CALL_MS = 40_000;

  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--minutes",
      paramLabel = "NUMBER",
      description =
          "How long faults happen (default: ${DEFAULT-VALUE}); each kind happens once at least.")
  private double minutes = 10;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "Decides faults and calls (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--faults",
      paramLabel = "KIND",
      split = ",",
      description = "Kinds of faults, of: ${COMPLETION-CANDIDATES} (default: all).")
  private List<FaultKind> faults = List.of(FaultKind.values());

  @Option(
      names = "--calls-at-once",
      paramLabel = "NUMBER",
      description = "Calls that are live at any time (default: ${DEFAULT-VALUE}).")
  private int callsAtOnce = 4;

  @Option(
      names = "--batch-size",
      paramLabel = "NUMBER",
      description =
          "Maximum batch size; with 1, events must be equal to the last bit, with more to 1e-4"
              + " (default: ${DEFAULT-VALUE}).")
  private int batchSize = 1;

  @Option(
      names = "--delivery",
      paramLabel = "NAME",
      description = "The job's guarantee: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Delivery delivery = Delivery.AT_LEAST_ONCE;

  @Option(
      names = "--calls",
      paramLabel = "DIR",
      description =
          "Folder of recordings that calls are pieces of (default: demo/calls of this checkout).")
  private Path calls = Home.bundledCalls();

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description =
          "Folder for data and logs (default: a new temporary folder, which is deleted if nothing"
              + " was found).")
  private @Nullable Path work;

  @Option(
      names = "--plant",
      paramLabel = "ERROR",
      description =
          "Plants an error in the events, to show that it is found: ${COMPLETION-CANDIDATES}"
              + " (default: ${DEFAULT-VALUE}).")
  private Plant plant = Plant.NOTHING;

  @Option(
      names = "--broker-away",
      paramLabel = "SECONDS",
      description =
          "How long a broker is away that the fault broker-killed has killed (default: 2 to 12).")
  private long brokerAwaySeconds;

  @Option(
      names = "--job-option",
      paramLabel = "NAME=VALUE",
      description =
          "A further option of the job, without its dashes, such as state-keys=FILE; may be"
              + " repeated.")
  private List<String> jobOptions = List.of();

  @Option(names = "--json", description = "The last line is JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UserErrorException, CommandFailedException, InterruptedException {
    ChaosSettings settings = settings();
    List<CallRecording> recordings = recordings();
    try {
      Path folder = folder();
      ChaosReport report = new ChaosRun(settings, recordings, this::note).run(folder);
      print(report);
      if (work == null && report.isClean()) {
        FileUtils.deleteDirectoryQuietly(folder.toFile());
      }
      return report.isClean() ? 0 : 1;
    } catch (IOException e) {
      throw new CommandFailedException(IoMessages.of(e), e);
    } catch (InvalidOptionException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    } catch (ClusterException | TopicUnavailableException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private ChaosSettings settings() throws UserErrorException {
    if (minutes <= 0) {
      throw new UserErrorException("--minutes must be above 0, but is " + minutes);
    }
    if (brokerAwaySeconds < 0) {
      throw new UserErrorException("--broker-away must be at least 0, but is " + brokerAwaySeconds);
    }
    checkPositive("--calls-at-once", callsAtOnce);
    checkPositive("--batch-size", batchSize);
    return new ChaosSettings(
        Duration.ofMillis((long) (minutes * Duration.ofMinutes(1).toMillis())),
        seed,
        faults,
        callsAtOnce,
        LONGEST_CALL_MS,
        model.directory(),
        model.arithmetic(),
        batchSize,
        delivery,
        plant,
        Duration.ofSeconds(brokerAwaySeconds),
        Stream.concat(Stream.of("device=" + model.device()), jobOptions.stream())
            .map(option -> "--" + option)
            .toList());
  }

  private static void checkPositive(String option, int value) throws UserErrorException {
    if (value < 1) {
      throw new UserErrorException("%s must be at least 1, but is %d".formatted(option, value));
    }
  }

  private List<CallRecording> recordings() throws UserErrorException {
    try {
      return BundledCalls.in(calls);
    } catch (IOException e) {
      throw new UserErrorException(IoMessages.of(e), e);
    }
  }

  private Path folder() throws IOException {
    return work == null
        ? Files.createTempDirectory("undertone-chaos-")
        : Files.createDirectories(work);
  }

  private void print(ChaosReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonLines.of(ChaosJson.of(report)));
    } else {
      ChaosJson.of(report).forEach((name, value) -> out.printf("%-18s %s%n", name, value));
    }
    out.flush();
  }

  /** Progress goes to standard error: it is not a result. */
  private void note(String line) {
    spec.commandLine().getErr().println("undertone: " + line);
    spec.commandLine().getErr().flush();
  }
}

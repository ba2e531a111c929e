package io.undertone.cli.demo;

import io.undertone.cli.dashboard.DashboardPort;
import io.undertone.cli.dashboard.DemoDashboard;
import io.undertone.cli.job.SubmittedJob;
import io.undertone.cli.model.ModelOption;
import io.undertone.cli.model.ModelSource;
import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.cli.terminal.Home;
import io.undertone.cli.terminal.IoMessages;
import io.undertone.cli.terminal.JsonLines;
import io.undertone.cli.terminal.PortConverter;
import io.undertone.cli.terminal.StopSignal;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.dashboard.Dashboard;
import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.local.embedded.LocalCluster;
import io.undertone.local.replay.CallRecording;
import io.undertone.model.EmotionPrior;
import io.undertone.model.recognizer.EmotionModelFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Kafka, Flink and the bundled calls in one process. */
@Command(
    name = "demo",
    description = {
      "Starts Kafka and Flink in this process, plays the bundled calls and prints the job's"
          + " events.",
      "Without --once it plays in real time and runs until you stop it, so that other"
          + " programs can send calls and read events."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int PARALLELISM = 2;

  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--once",
      description =
          "Plays as fast as possible and ends after the last event; the last line is JSON.")
  private boolean once;

  @Option(
      names = "--dashboard-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      description =
          "Port of the dashboard; another one if it is taken, any free one if it is 0 (default:"
              + " ${DEFAULT-VALUE}). With --once there is no dashboard.")
  private int dashboardPort = DashboardPort.DEFAULT;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      description = "Also writes the events as JSON lines.")
  private @Nullable Path events;

  @Option(
      names = "--calls",
      paramLabel = "DIR",
      description =
          "Folder of the calls, FLAC with the customer on channel 0 and the agent on channel 1"
              + " (default: demo/calls of this checkout).")
  private Path calls = Home.bundledCalls();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final ModelSource models;

  public DemoCommand(ModelSource models) {
    this.models = models;
  }

  @Override
  public Integer call() throws UserErrorException, CommandFailedException, InterruptedException {
    EmotionModelFactory factory = model.factory(models, EmotionPrior.CALLS);
    List<CallRecording> recordings = recordings();
    PrintWriter out = spec.commandLine().getOut();
    EventFile file = EventFile.at(events);
    try (StopSignal stop = StopSignal.install()) {
      note("starting Kafka and Flink");
      try (LocalCluster cluster = LocalCluster.start(PARALLELISM);
          @Nullable Dashboard dashboard = once ? null : dashboard(cluster.bootstrapServers());
          DemoRun run =
              new DemoRun(
                  cluster.bootstrapServers(),
                  new SubmittedJob(cluster.submit(EmotionJob.define(cluster.options(), factory))),
                  new EventTable(out),
                  file,
                  stop,
                  this::note)) {
        run.awaitJob();
        if (once) {
          out.println(JsonLines.of(run.playOnce(recordings)));
          out.flush();
        } else {
          note("Kafka: " + cluster.bootstrapServers());
          note("Flink's web interface: " + cluster.webInterface());
          note("keeps running after the calls end, until Ctrl-C; play another call with");
          note(
              "  ./undertone send FILE --roles customer,agent --bootstrap-servers "
                  + cluster.bootstrapServers());
          run.serve(recordings);
        }
      }
      return 0;
    } catch (IOException e) {
      throw new CommandFailedException(IoMessages.of(e), e);
    } catch (TopicUnavailableException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private List<CallRecording> recordings() throws UserErrorException {
    try {
      return BundledCalls.in(calls);
    } catch (IOException e) {
      throw new UserErrorException(IoMessages.of(e), e);
    }
  }

  /** Its address is the first thing that a visitor needs. */
  private Dashboard dashboard(String bootstrapServers) throws TopicUnavailableException {
    Dashboard dashboard = DemoDashboard.start(bootstrapServers, dashboardPort);
    note("dashboard: " + dashboard.address());
    return dashboard;
  }

  /** Progress goes to standard error: it is not a result. */
  private void note(String line) {
    spec.commandLine().getErr().println("undertone: " + line);
    spec.commandLine().getErr().flush();
  }
}

package io.undertone.cli.submit;

import io.undertone.cli.job.RootCause;
import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.cli.terminal.IoMessages;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.local.cluster.ClusterException;
import io.undertone.local.cluster.FlinkClient;
import io.undertone.local.distribution.Distribution;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Submits the emotion job to a session cluster. */
@Command(
    name = "submit",
    description = {
      "Submits the emotion job to a session cluster of Flink by its REST interface, waits until all"
          + " of its tasks run, and prints Flink's id of the job.",
      "The cluster needs the additions to lib/ and the settings that docs/deployment.md names."
    })
public final class SubmitCommand implements Callable<Integer> {
  private static final long POLL_MS = 500;
  private static final Set<String> ENDED =
      Set.of(JobStatus.FAILED.name(), JobStatus.CANCELED.name(), JobStatus.FINISHED.name());

  /** Wide enough to keep the lines of options whole. */
  private static final int HELP_WIDTH = 200;

  @Option(
      names = "--cluster",
      paramLabel = "URL",
      description = "Address of Flink's REST interface (default: ${DEFAULT-VALUE}).")
  private URI cluster = URI.create("http://localhost:8081");

  @Option(
      names = "--from",
      paramLabel = "PATH",
      description =
          "Savepoint or checkpoint that the job starts from, as a URI or absolute path on a file"
              + " system that the cluster reaches.")
  private @Nullable String from;

  @Parameters(
      paramLabel = "--NAME VALUE",
      arity = "0..*",
      description =
          "Options of the job, as below; files that they name are the cluster's, but for"
              + " --options.")
  private List<String> jobOptions = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  private SubmitCommand() {}

  /** The command; passes the job's own options through and lists them in its help. */
  public static CommandLine commandLine() {
    CommandLine command = new CommandLine(new SubmitCommand());
    command.setUnmatchedOptionsArePositionalParams(true);
    command.setUsageHelpWidth(HELP_WIDTH);
    // picocli treats the lines of a footer as format strings.
    String options = "\n" + JobOptions.help().replace("%", "%%");
    command.getCommandSpec().usageMessage().footer(options.split("\n", -1));
    return command;
  }

  @Override
  public Integer call() throws UserErrorException, CommandFailedException, InterruptedException {
    List<String> arguments = arguments();
    Path jar = jobJar();
    try {
      FlinkClient client = new FlinkClient(cluster, jar);
      String job = client.submit(EmotionJob.class.getName(), arguments, from);
      awaitRunning(client, job);
      spec.commandLine().getOut().println(job);
      return 0;
    } catch (ClusterException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    } finally {
      jar.toFile().delete();
    }
  }

  /** Checks the options here, and reads their file, which the cluster may not have. */
  private List<String> arguments() throws UserErrorException {
    if (cluster.getHost() == null) {
      throw new UserErrorException(
          "--cluster must be a URL such as http://host:8081, but is '%s'".formatted(cluster));
    }
    try {
      JobOptions.parse(jobOptions.toArray(String[]::new));
      return JobOptions.withoutFile(jobOptions);
    } catch (InvalidOptionException e) {
      throw new UserErrorException(e.getMessage() + " (see undertone submit --help)", e);
    }
  }

  private static Path jobJar() throws CommandFailedException {
    try {
      Path jar = Files.createTempFile("undertone-jobs-", ".jar");
      Distribution.writeJobJar(jar);
      return jar;
    } catch (IOException e) {
      throw new CommandFailedException(IoMessages.of(e), e);
    }
  }

  private static void awaitRunning(FlinkClient client, String job)
      throws ClusterException, CommandFailedException, InterruptedException {
    while (!client.allTasksRunning(job)) {
      String status = client.status(job);
      if (ENDED.contains(status)) {
        throw new CommandFailedException(
            "the job %s ended as %s: %s"
                .formatted(
                    job,
                    status,
                    RootCause.of(client.lastFailure(job).orElse("no reason is known"))));
      }
      Thread.sleep(POLL_MS);
    }
  }
}

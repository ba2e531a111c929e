package io.undertone.cli.submit;

import io.undertone.cli.job.JobOptionArguments;
import io.undertone.cli.job.RootCause;
import io.undertone.cli.job.TopicsOption;
import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.cli.terminal.IoMessages;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.local.cluster.ClusterException;
import io.undertone.local.cluster.FlinkClient;
import io.undertone.local.distribution.Distribution;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private TopicsOption topics = new TopicsOption();

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
    return JobOptionArguments.commandLine(new SubmitCommand());
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

  /**
   * Checks the options here, and reads their file, which the cluster may not have. Creates topics
   * if asked to: this machine must reach Kafka then.
   */
  private List<String> arguments() throws UserErrorException, CommandFailedException {
    if (cluster.getHost() == null) {
      throw new UserErrorException(
          "--cluster must be a URL such as http://host:8081, but is '%s'".formatted(cluster));
    }
    try {
      JobOptions options = JobOptions.parse(jobOptions.toArray(String[]::new));
      if (topics.isGiven()) {
        TopicsOption.create(options, Math.max(1, options.get(RuntimeOptions.PARALLELISM)));
      }
      return JobOptions.withoutFile(jobOptions);
    } catch (InvalidOptionException e) {
      throw new UserErrorException(e.getMessage() + " (see undertone submit --help)", e);
    } catch (TopicUnavailableException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
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
    if (!client.awaitRunning(job)) {
      throw new CommandFailedException(
          "the job %s ended as %s: %s"
              .formatted(
                  job,
                  client.status(job),
                  RootCause.of(client.lastFailure(job).orElse("no reason is known"))));
    }
  }
}

package io.undertone.cli.job;

import io.undertone.cli.model.DeviceOption;
import io.undertone.cli.model.ModelOption;
import io.undertone.cli.model.ModelSource;
import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.cli.terminal.Home;
import io.undertone.cli.terminal.IoMessages;
import io.undertone.cli.terminal.StopSignal;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.AnalysisOptions;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOption;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.local.embedded.EmbeddedFlink;
import io.undertone.local.embedded.RunningJob;
import io.undertone.model.recognizer.EmotionModelFactory;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The emotion job without a cluster, with the same options as on one. */
@Command(
    name = "job",
    description = {
      "Runs the emotion job on your own Kafka, with Flink in this process, until you stop it"
          + " (Ctrl-C)."
    })
public final class JobCommand implements Callable<Integer> {
  private static final long POLL_MS = 200;

  @Mixin private TopicsOption topics = new TopicsOption();

  @Option(
      names = "--fresh",
      description =
          "Starts without the last checkpoint in --checkpoint-dir, which is kept under another"
              + " name.")
  private boolean fresh;

  @Parameters(
      paramLabel = "--NAME VALUE",
      arity = "0..*",
      description = "Options of the job, as below.")
  private List<String> jobOptions = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final ModelSource models;

  private JobCommand(ModelSource models) {
    this.models = models;
  }

  /** The command; passes the job's own options through and lists them in its help. */
  public static CommandLine commandLine(ModelSource models) {
    return JobOptionArguments.commandLine(new JobCommand(models));
  }

  @Override
  public Integer call() throws UserErrorException, CommandFailedException, InterruptedException {
    try (StopSignal stop = StopSignal.install()) {
      JobOptions options = JobOptions.parse(jobOptions.toArray(String[]::new));
      ResumedJob resumed = resumed(options);
      StreamExecutionEnvironment env = EmotionJob.define(options, model(options));
      checkTopics(options, env.getParallelism());
      try (Closeable claim = resumed.claim();
          EmbeddedFlink flink = EmbeddedFlink.start(env.getParallelism())) {
        run(new SubmittedJob(submit(env, flink, resumed)), flink, options, stop);
      }
      return 0;
    } catch (InvalidOptionException e) {
      throw new UserErrorException(e.getMessage() + " (see undertone job --help)", e);
    } catch (IOException e) {
      throw new CommandFailedException(IoMessages.of(e), e);
    } catch (TopicUnavailableException | UncheckedIOException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Checks folder and device here: a job without its model would restart again and again. */
  private EmotionModelFactory model(JobOptions options) throws UserErrorException {
    JobOption<String> modelDir = AnalysisOptions.MODEL_DIR;
    Path folder =
        options.get(modelDir).equals(modelDir.defaultText())
            ? Home.defaultModel()
            : Path.of(options.get(modelDir));
    return models.at(
        ModelOption.checked("--" + modelDir.name(), folder),
        options.prior(),
        options.get(AnalysisOptions.ARITHMETIC),
        DeviceOption.here(options.device()));
  }

  private void checkTopics(JobOptions options, int partitions) throws TopicUnavailableException {
    if (topics.isGiven()) {
      TopicsOption.create(options, partitions);
      return;
    }
    try (Topics existing = Topics.of(options)) {
      existing.require(options.topics().all());
    }
  }

  private ResumedJob resumed(JobOptions options) throws UserErrorException {
    ResumedJob job = ResumedJob.of(options);
    if (fresh && job.checkpoints().isEmpty()) {
      throw new UserErrorException("--fresh needs a --checkpoint-dir on this machine");
    }
    return job;
  }

  private RunningJob submit(StreamExecutionEnvironment env, EmbeddedFlink flink, ResumedJob job)
      throws IOException {
    if (fresh) {
      job.setCheckpointsAside()
          .ifPresent(folder -> note("earlier checkpoints are now in " + folder));
    }
    Optional<Path> checkpoint = job.lastCheckpoint();
    checkpoint.ifPresent(path -> note("going on from the checkpoint " + path));
    return checkpoint.isPresent()
        ? flink.resume(env, EmotionJob.NAME, job.id(), checkpoint.get())
        : flink.submit(env, EmotionJob.NAME, job.id());
  }

  private void run(SubmittedJob job, EmbeddedFlink flink, JobOptions options, StopSignal stop)
      throws CommandFailedException, InterruptedException {
    boolean announced = false;
    while (!stop.isRequested()) {
      job.throwIfFailed();
      if (!announced && job.isRunning()) {
        announced = true;
        note(
            "reading "
                + options.topics().audioChunks()
                + " at "
                + options.get(KafkaOptions.BOOTSTRAP_SERVERS));
        note("Flink's web interface: " + flink.webInterface());
      }
      Thread.sleep(POLL_MS);
    }
  }

  /** Progress goes to standard error: it is not a result. */
  private void note(String line) {
    spec.commandLine().getErr().println("undertone: " + line);
    spec.commandLine().getErr().flush();
  }
}

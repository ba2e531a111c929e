package io.undertone.cli.demo;

import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.embedded.EmbeddedFlink;
import io.undertone.jobs.embedded.EmbeddedKafka;
import io.undertone.jobs.embedded.RunningJob;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.TopicNames;
import io.undertone.model.EmotionModelFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.util.FileUtils;

/** A broker and a Flink cluster in this process, with the emotion job between their topics. */
final class DemoCluster implements AutoCloseable {
  /** Subtasks of each stage, and so slots of the cluster and partitions of the topics. */
  private static final int PARALLELISM = 2;

  private final EmbeddedKafka kafka;
  private final EmbeddedFlink flink;
  private final Path checkpoints;
  private final RunningJob job;

  private DemoCluster(EmbeddedKafka kafka, EmbeddedFlink flink, Path checkpoints, RunningJob job) {
    this.kafka = kafka;
    this.flink = flink;
    this.checkpoints = checkpoints;
    this.job = job;
  }

  /** Starts both and submits the job. */
  static DemoCluster start(EmotionModelFactory models)
      throws TopicUnavailableException, InvalidOptionException {
    Path checkpoints = temporaryFolder();
    EmbeddedKafka kafka = EmbeddedKafka.start();
    try (Topics topics = Topics.at(kafka.bootstrapServers(), Map.of())) {
      topics.createMissing(TopicNames.DEFAULT, PARALLELISM);
    }
    EmbeddedFlink flink = EmbeddedFlink.start(PARALLELISM);
    JobOptions options =
        JobOptions.parse(
            "--bootstrap-servers", kafka.bootstrapServers(),
            "--starting-offsets", "earliest",
            "--parallelism", String.valueOf(PARALLELISM),
            "--checkpoint-dir", checkpoints.toUri().toString());
    RunningJob job = flink.submit(EmotionJob.define(options, models), EmotionJob.NAME);
    return new DemoCluster(kafka, flink, checkpoints, job);
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  URI webInterface() {
    return flink.webInterface();
  }

  /** Whether all stages run; the model is open then. */
  boolean isRunning() {
    return job.allTasksRun();
  }

  /** Fails with the job's own words once it gave up. */
  void throwIfFailed() throws CommandFailedException {
    JobStatus status = job.status();
    if (status.isGloballyTerminalState()) {
      throw new CommandFailedException(
          "the job ended as %s: %s"
              .formatted(status, RootCause.of(job.lastFailure().orElse("no reason is known"))));
    }
  }

  @Override
  public void close() {
    flink.close();
    kafka.close();
    FileUtils.deleteDirectoryQuietly(checkpoints.toFile());
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("undertone-checkpoints");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder for checkpoints", e);
    }
  }
}

package io.undertone.bench.pipeline;

import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.jobs.options.StartingOffsets;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.embedded.EmbeddedFlink;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.local.embedded.RunningJob;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.operators.segment.VoiceActivityDetectorFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.util.FileUtils;

/** A broker with the four topics and a Flink cluster, in this process; runs one job at a time. */
final class BenchCluster implements AutoCloseable {
  /** Subtasks of each stage. */
  static final int PARALLELISM = 2;

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Path checkpoints;
  private final EmbeddedKafka kafka;
  private final EmbeddedFlink flink;

  private BenchCluster(Path checkpoints, EmbeddedKafka kafka, EmbeddedFlink flink) {
    this.checkpoints = checkpoints;
    this.kafka = kafka;
    this.flink = flink;
  }

  static BenchCluster start() throws TopicUnavailableException {
    Path checkpoints = temporaryFolder();
    EmbeddedKafka kafka = EmbeddedKafka.start();
    BenchCluster cluster = new BenchCluster(checkpoints, kafka, EmbeddedFlink.start(PARALLELISM));
    try (Topics topics = Topics.at(kafka.bootstrapServers(), Map.of())) {
      topics.createMissing(TopicNames.DEFAULT, PARALLELISM);
      return cluster;
    } catch (TopicUnavailableException e) {
      cluster.close();
      throw e;
    }
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** Options for a job on this cluster that reads its topic from the beginning. */
  JobOptions options() {
    return JobOptions.defaults()
        .with(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers())
        .with(KafkaOptions.STARTING_OFFSETS, StartingOffsets.EARLIEST)
        .with(RuntimeOptions.PARALLELISM, PARALLELISM)
        .with(RuntimeOptions.CHECKPOINT_DIR, checkpoints.toUri().toString());
  }

  /** Submits the emotion job and waits until it runs. */
  RunningJob run(
      VoiceActivityDetectorFactory detectors, EmotionModelFactory models, JobOptions options)
      throws BenchFailedException, InterruptedException {
    RunningJob job = flink.submit(EmotionJob.define(options, detectors, models), EmotionJob.NAME);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!job.allTasksRunning()) {
      throwIfFailed(job);
      if (System.nanoTime() > deadline) {
        throw new BenchFailedException(
            "the job did not start within " + PATIENCE.toMinutes() + " minutes");
      }
      Thread.sleep(POLL.toMillis());
    }
    return job;
  }

  /** Throws with the job's own failure if it has ended. */
  static void throwIfFailed(RunningJob job) throws BenchFailedException {
    if (job.status().isGloballyTerminalState()) {
      throw new BenchFailedException(
          "the job ended as %s: %s"
              .formatted(job.status(), job.lastFailure().orElse("for an unknown reason")));
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
      return Files.createTempDirectory("undertone-bench");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a temporary folder for checkpoints", e);
    }
  }
}

package io.undertone.bench.pipeline;

import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.local.embedded.LocalCluster;
import io.undertone.local.embedded.RunningJob;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.operators.segment.VoiceActivityDetectorFactory;
import java.time.Duration;

/** A {@link LocalCluster} that runs one job at a time. */
final class BenchCluster implements AutoCloseable {
  /** Subtasks of each stage. */
  static final int PARALLELISM = 2;

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(50);

  private final LocalCluster cluster;

  private BenchCluster(LocalCluster cluster) {
    this.cluster = cluster;
  }

  static BenchCluster start() throws TopicUnavailableException {
    return new BenchCluster(LocalCluster.start(PARALLELISM));
  }

  String bootstrapServers() {
    return cluster.bootstrapServers();
  }

  /** As {@link LocalCluster#options}. */
  JobOptions options() {
    return cluster.options();
  }

  /** Submits the emotion job and waits until it runs. */
  RunningJob run(
      VoiceActivityDetectorFactory detectors, EmotionModelFactory models, JobOptions options)
      throws BenchFailedException, InterruptedException {
    RunningJob job = cluster.submit(EmotionJob.define(options, detectors, models));
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
    cluster.close();
  }
}

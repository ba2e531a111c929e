package io.undertone.local.chaos;

import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.cluster.ClusterException;
import io.undertone.local.cluster.ProcessCluster;
import io.undertone.local.store.CheckpointStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.jspecify.annotations.Nullable;

/** The emotion job on a cluster that fails. */
final class ChaosJob {
  /** Partitions of the topics of chunks and events, and subtasks at first. */
  static final int PARALLELISM = 2;

  private static final String CHECKPOINT_INTERVAL = "3s";

  /**
   * So short that checkpoints expire while the store is slow, and long enough for a busy machine.
   */
  private static final String CHECKPOINT_TIMEOUT = "30s";

  private final ProcessCluster cluster;
  private final CheckpointStore store;
  private final Path savepoints;
  private final ChaosSettings settings;
  private String id = "";
  private int parallelism = PARALLELISM;

  /**
   * @param folder for checkpoints and savepoints
   */
  ChaosJob(ProcessCluster cluster, Path folder, ChaosSettings settings) {
    this.cluster = cluster;
    this.store = CheckpointStore.in(folder);
    this.savepoints = folder.resolve("savepoints");
    this.settings = settings;
  }

  String id() {
    return id;
  }

  CheckpointStore store() {
    return store;
  }

  /**
   * Creates the topics, and starts the job without state; returns when all tasks run.
   *
   * @throws ClusterException also if the job ends, as it does with unusable options
   */
  void start() throws ClusterException, TopicUnavailableException, InterruptedException {
    try (Topics topics = Topics.at(cluster.bootstrapServers(), Map.of())) {
      topics.createMissing(TopicNames.DEFAULT, PARALLELISM);
    }
    submit(null);
    if (!cluster.client().awaitRunning(id)) {
      throw new ClusterException("the job ended before any fault: " + describe());
    }
  }

  /** Takes a savepoint and stops; returns the savepoint. */
  Path stop() throws ClusterException, InterruptedException {
    return cluster.client().stopWithSavepoint(id, savepoints);
  }

  /** Starts again from a savepoint, with another parallelism from 1 to 3. */
  void restart(Path savepoint, int otherParallelism) throws ClusterException {
    parallelism = otherParallelism;
    submit(savepoint.toUri().toString());
  }

  int parallelism() {
    return parallelism;
  }

  /** Whether the job has ended for good, as far as the JobManager is there to say so. */
  boolean hasFailed() {
    try {
      return cluster.client().status(id).equals(JobStatus.FAILED.name());
    } catch (ClusterException e) {
      return false;
    }
  }

  /** Says what the job is doing; for messages. */
  String describe() {
    try {
      return "the job is "
          + cluster.client().status(id)
          + cluster.client().lastFailure(id).map(trace -> "; last failure: " + trace).orElse("");
    } catch (ClusterException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void submit(@Nullable String savepoint) throws ClusterException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            "--bootstrap-servers=" + cluster.bootstrapServers(),
            "--model-dir=" + settings.model().toAbsolutePath(),
            "--arithmetic=" + settings.arithmetic().name().toLowerCase(Locale.ROOT),
            "--batch-size=" + settings.batchSize(),
            "--delivery=" + settings.delivery(),
            "--parallelism=" + parallelism,
            "--checkpoint-dir=" + store.uri(),
            "--checkpoint-interval=" + CHECKPOINT_INTERVAL,
            "--checkpoint-timeout=" + CHECKPOINT_TIMEOUT));
    arguments.addAll(settings.jobOptions());
    id = cluster.client().submit(EmotionJob.class.getName(), arguments, savepoint);
  }
}

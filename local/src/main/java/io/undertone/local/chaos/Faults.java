package io.undertone.local.chaos;

import io.undertone.local.cluster.ClusterException;
import io.undertone.local.cluster.JavaProcess;
import io.undertone.local.cluster.ProcessCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Lets faults happen to a cluster and its job. */
final class Faults {
  private static final int SHORTEST_MS = 2_000;

  /** Longer than the heartbeat timeout of a TaskManager: some paused ones are given up. */
  private static final int LONGEST_PAUSE_MS = 20_000;

  /** Longer than some checkpoint intervals. */
  private static final int LONGEST_ABSENCE_MS = 12_000;

  /** Longer than the checkpoint timeout. */
  private static final int LONGEST_SLOWNESS_MS = 45_000;

  private static final Duration SLOW_STORE = Duration.ofMinutes(2);

  /** The beginning of any file. */
  private static final int FULL_STORE_BYTES = 500;

  /** The time in which a checkpoint of a small job goes through its phases. */
  private static final int CHECKPOINT_MS = 400;

  private static final int KILLS_IN_A_ROW = 5;

  /** The time in which a job restarts. */
  private static final int LONGEST_LIFE_MS = 6_000;

  private static final int MOST_PARALLELISM = 3;
  private static final int STOP_ATTEMPTS = 3;

  private final ProcessCluster cluster;
  private final ChaosJob job;
  private final ChaosSettings settings;
  private final Random random;

  Faults(ProcessCluster cluster, ChaosJob job, ChaosSettings settings) {
    this.cluster = cluster;
    this.job = job;
    this.settings = settings;
    this.random = new Random(settings.seed());
  }

  /**
   * Returns when the fault is over and the rest is up to the cluster and the job: killed processes
   * are started again, and have not yet done anything.
   */
  void happen(FaultKind kind) throws ClusterException, InterruptedException {
    cluster.restartEnded();
    switch (kind) {
      case TASKMANAGER_KILLED -> killAndStart(anyTaskManager());
      case TASKMANAGER_KILLED_IN_CHECKPOINT -> {
        cluster.client().triggerCheckpoint(job.id());
        Thread.sleep(random.nextInt(CHECKPOINT_MS));
        killAndStart(anyTaskManager());
      }
      case TASKMANAGERS_KILLED_IN_A_ROW -> killInARow();
      case ALL_TASKMANAGERS_KILLED -> {
        cluster.taskManagers().forEach(JavaProcess::kill);
        cluster.taskManagers().forEach(JavaProcess::start);
      }
      case TASKMANAGER_PAUSED -> pause(anyTaskManager(), LONGEST_PAUSE_MS);
      case JOBMANAGER_KILLED -> killAndStart(cluster.jobManager());
      case BROKER_KILLED -> takeAway(cluster.broker(), brokerAbsenceMs());
      case BROKER_PAUSED -> pause(cluster.broker(), LONGEST_ABSENCE_MS);
      case ZOOKEEPER_KILLED -> takeAway(cluster.zooKeeper(), durationMs(LONGEST_ABSENCE_MS));
      case STORE_UNWRITABLE -> {
        job.store().beAway();
        heal(LONGEST_ABSENCE_MS);
      }
      case STORE_SLOW -> {
        job.store().beSlow(SLOW_STORE);
        heal(LONGEST_SLOWNESS_MS);
      }
      case STORE_FULL -> {
        job.store().beFull(FULL_STORE_BYTES);
        heal(LONGEST_ABSENCE_MS);
      }
      case JOB_RESCALED -> rescale();
    }
  }

  private void killAndStart(JavaProcess process) {
    process.kill();
    process.start();
  }

  private void killInARow() throws InterruptedException {
    killAndStart(anyTaskManager());
    for (int i = 1; i < KILLS_IN_A_ROW; i++) {
      Thread.sleep(random.nextInt(LONGEST_LIFE_MS));
      killAndStart(anyTaskManager());
    }
  }

  private void takeAway(JavaProcess process, long absenceMs) throws InterruptedException {
    process.kill();
    Thread.sleep(absenceMs);
    process.start();
  }

  private void pause(JavaProcess process, int longestMs) throws InterruptedException {
    process.pause();
    Thread.sleep(durationMs(longestMs));
    process.resume();
  }

  private void heal(int longestMs) throws InterruptedException {
    Thread.sleep(durationMs(longestMs));
    job.store().heal();
  }

  private void rescale() throws ClusterException, InterruptedException {
    Path savepoint = stop();
    int other = 1 + (job.parallelism() + random.nextInt(MOST_PARALLELISM - 1)) % MOST_PARALLELISM;
    job.restart(savepoint, other);
  }

  /** A savepoint may fail when a task does; then the job still runs. */
  private Path stop() throws ClusterException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return job.stop();
      } catch (ClusterException e) {
        if (attempt == STOP_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private JavaProcess anyTaskManager() {
    List<JavaProcess> all = cluster.taskManagers();
    return all.get(random.nextInt(all.size()));
  }

  private long brokerAbsenceMs() {
    return settings.brokerAbsence().isZero()
        ? durationMs(LONGEST_ABSENCE_MS)
        : settings.brokerAbsence().toMillis();
  }

  private int durationMs(int longestMs) {
    return SHORTEST_MS + random.nextInt(longestMs - SHORTEST_MS);
  }
}

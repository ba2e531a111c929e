package io.undertone.local.chaos;

import io.undertone.local.cluster.ClusterException;
import io.undertone.local.cluster.CompletedCheckpoint;
import io.undertone.local.cluster.JavaProcess;
import io.undertone.local.cluster.ProcessCluster;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Says when a job makes progress again: an event has come that is no repetition, and a checkpoint
 * that began later is complete, for which all tasks must run.
 */
final class RecoveryClock {
  private static final long POLL_MS = 100;

  private final ProcessCluster cluster;
  private final ChaosJob job;
  private final EventLog events;
  private final Consumer<String> notes;
  private long progressMs;

  /**
   * @param notes receives a line for each process that has ended by itself
   */
  RecoveryClock(ProcessCluster cluster, ChaosJob job, EventLog events, Consumer<String> notes) {
    this.cluster = cluster;
    this.job = job;
    this.events = events;
    this.notes = notes;
  }

  /**
   * Waits for progress; starts processes again that end meanwhile.
   *
   * @param timeMs in milliseconds since 1970-01-01 UTC
   * @return whether it came in time, and before the job ended for good
   */
  boolean awaitProgressSince(long timeMs, Duration patience) throws InterruptedException {
    long endNanos = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < endNanos && !job.hasFailed()) {
      for (JavaProcess ended : cluster.restartEnded()) {
        notes.accept(ended.name() + " ended by itself, and was started again");
      }
      OptionalLong event = events.firstNewSince(timeMs);
      OptionalLong checkpoint = firstCheckpointSince(timeMs);
      if (event.isPresent() && checkpoint.isPresent()) {
        progressMs = Math.max(event.getAsLong(), checkpoint.getAsLong());
        return true;
      }
      Thread.sleep(POLL_MS);
    }
    progressMs = System.currentTimeMillis();
    return false;
  }

  /** When the awaited progress was made, or the wait given up, in milliseconds since 1970. */
  long progressMs() {
    return progressMs;
  }

  private OptionalLong firstCheckpointSince(long timeMs) {
    try {
      Optional<CompletedCheckpoint> last = cluster.client().lastCheckpoint(job.id());
      return last.isPresent() && last.get().startedMs() >= timeMs
          ? OptionalLong.of(last.get().completedMs())
          : OptionalLong.empty();
    } catch (ClusterException e) {
      return OptionalLong.empty(); // the JobManager is away
    }
  }
}

package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.Delivery;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.local.store.CheckpointStore;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.EmotionEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checkpoints that expire one after the other, since their store is slow, while the job writes in
 * transactions: so many that the job restarts, and transactions are aborted.
 */
@ExtendWith(ClusterExtension.class)
class ExpiredCheckpointsIT {
  private static final ReplaySettings SETTINGS = ReplaySettings.startingAt(1_600_000_000_000L);
  private static final long POLL_MS = 20;

  /** The job restarts, and more expire. */
  private static final int EXPIRED = JobOptions.TOLERATED_FAILED_CHECKPOINTS + 3;

  @Test
  void nothingIsLostOrRepeatedForReadersOfCommittedEvents(Cluster cluster, @TempDir Path folder)
      throws TopicUnavailableException, InterruptedException, AudioFileException {
    List<AudioChunk> chunks =
        CallChunks.of(
            DemoCalls.beginOf(DemoCalls.call("lost-parcel", "expired"), 30_000), SETTINGS);
    List<EmotionEvent> undisturbed = UndisturbedCall.events(cluster, chunks, SETTINGS);
    CheckpointStore store = CheckpointStore.in(folder);
    TestPipeline pipeline =
        TestPipeline.with(cluster, new FakeEmotionModelFactory(), options(store))
            .withStateInFiles();
    RunningJob job = pipeline.start(1);
    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<EmotionEvent> committed = pipeline.events();
        TopicReader<EmotionEvent> all = pipeline.uncommittedEvents()) {
      int third = chunks.size() / 3;
      replayer.send(chunks.subList(0, third), SETTINGS);
      committed.await(events -> !events.isEmpty());
      store.beSlow(Duration.ofMinutes(10));
      replayer.send(chunks.subList(third, 2 * third), SETTINGS);
      awaitExpired(job.failedCheckpoints() + EXPIRED, job);
      store.heal();
      replayer.send(chunks.subList(2 * third, chunks.size()), SETTINGS);

      assertThat(committed.await(EventSets.endOf(1))).isEqualTo(undisturbed);
      // Some were also written in transactions that were aborted.
      assertThat(all.await(events -> events.size() > undisturbed.size())).containsAll(undisturbed);
    } finally {
      job.cancel();
    }
  }

  private static void awaitExpired(long count, RunningJob job) throws InterruptedException {
    long endNanos = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (job.failedCheckpoints() < count) {
      assertThat(System.nanoTime())
          .as(() -> "only %d of %d checkpoints failed".formatted(job.failedCheckpoints(), count))
          .isLessThan(endNanos);
      Thread.sleep(POLL_MS);
    }
  }

  private static JobOptions options(CheckpointStore store) {
    return JobOptions.defaults()
        .with(KafkaOptions.DELIVERY, Delivery.EXACTLY_ONCE)
        .with(RuntimeOptions.CHECKPOINT_DIR, store.uri().toString())
        .with(RuntimeOptions.CHECKPOINT_INTERVAL, Duration.ofMillis(200))
        .with(RuntimeOptions.CHECKPOINT_TIMEOUT, Duration.ofSeconds(1));
  }
}

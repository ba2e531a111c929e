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
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.EmotionEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job that is drained in the middle of a call, within an utterance, and submitted again. */
@ExtendWith(ClusterExtension.class)
class DrainIT {
  private static final ReplaySettings SETTINGS = ReplaySettings.startingAt(1_600_000_000_000L);

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void openCallsStayInTheSavepointAndGoOn(
      Delivery delivery, Cluster cluster, @TempDir Path savepoints)
      throws TopicUnavailableException, InterruptedException, AudioFileException {
    List<AudioChunk> chunks =
        CallChunks.of(
            DemoCalls.beginOf(DemoCalls.call("lost-parcel", "drained"), 20_000), SETTINGS);
    List<EmotionEvent> undisturbed = UndisturbedCall.events(cluster, chunks, SETTINGS);
    int cut = chunksBefore(SavepointCalls.PCM_CUT_MS, chunks);
    TestPipeline pipeline =
        TestPipeline.with(
            cluster,
            new FakeEmotionModelFactory(),
            JobOptions.defaults()
                .with(KafkaOptions.DELIVERY, delivery)
                .with(RuntimeOptions.CHECKPOINT_INTERVAL, Duration.ofMillis(500)));
    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<EmotionEvent> events = pipeline.events()) {
      RunningJob job = pipeline.start(1);
      replayer.send(chunks.subList(0, cut), SETTINGS);
      try (TopicReader<EmotionEvent> all = pipeline.uncommittedEvents()) {
        all.await(written -> !written.isEmpty());
      }
      Path savepoint = job.drain(savepoints);
      // All that the job has written is committed, and the call has not ended.
      assertThat(EventSets.endOf(1)).rejects(events.await(written -> !written.isEmpty()));

      RunningJob again = pipeline.restore(2, savepoint.toUri().toString());
      try {
        replayer.send(chunks.subList(cut, chunks.size()), SETTINGS);

        assertThat(events.await(EventSets.endOf(1))).isEqualTo(undisturbed);
      } finally {
        again.cancel();
      }
    }
  }

  private static int chunksBefore(int offsetMs, List<AudioChunk> chunks) {
    return (int) chunks.stream().filter(chunk -> chunk.getStartOffsetMs() < offsetMs).count();
  }
}

package io.undertone.local;

import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.EmotionEvent;
import java.util.List;

/** A call through a job that nothing disturbs, with the fake model. */
final class UndisturbedCall {

  private UndisturbedCall() {}

  static List<EmotionEvent> events(
      Cluster cluster, List<AudioChunk> chunks, ReplaySettings settings)
      throws TopicUnavailableException, InterruptedException {
    TestPipeline pipeline = TestPipeline.with(cluster);
    RunningJob job = pipeline.start(1);
    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<EmotionEvent> events = pipeline.events()) {
      replayer.send(chunks, settings);
      return events.await(EventSets.endOf(1));
    } finally {
      job.cancel();
    }
  }
}

package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.LimitOptions;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.model.GatedModel;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import java.time.Duration;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A job inside this process ends when its device hangs, and says so. */
@ExtendWith(ClusterExtension.class)
class HungDeviceIT {
  private static final ReplaySettings SETTINGS = ReplaySettings.startingAt(1_600_000_000_000L);

  /** A factory is serialized with the job graph, so it finds the test's model here. */
  private static final GatedModel HUNG = new GatedModel();

  private static final EmotionModelFactory MODELS = () -> ModelHandle.of(HUNG);

  @Test
  void theJobEndsWithTheReason(Cluster cluster)
      throws TopicUnavailableException, InterruptedException, AudioFileException {
    TestPipeline pipeline =
        TestPipeline.with(
            cluster,
            MODELS,
            JobOptions.defaults().with(LimitOptions.BATCH_DEADLINE, Duration.ofMillis(100)));
    RunningJob job = pipeline.start(1);
    try (CallReplayer replayer = pipeline.replayer()) {
      replayer.send(
          CallChunks.of(DemoCalls.beginOf(DemoCalls.call("lost-parcel", "hung"), 20_000), SETTINGS),
          SETTINGS);

      assertThat(job.awaitEnd()).isFalse();
      assertThat(job.status()).isEqualTo(JobStatus.FAILED);
      assertThat(pipeline.lastFailure())
          .contains(
              "the device of thread recognizer must finish a batch within 100 ms, but has not");
    } finally {
      HUNG.release(1_000);
    }
  }
}

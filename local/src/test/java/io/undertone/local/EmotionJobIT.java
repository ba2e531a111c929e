package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.Delivery;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.model.EmotionPrior;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.torch.TorchModelFactory;
import io.undertone.schemas.EmotionEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class EmotionJobIT {
  private static final int FAILURES = 15;

  /** How often a model was opened; static, since tasks have copies of the factory. */
  private static final AtomicInteger OPENED = new AtomicInteger();

  @Test
  void namesAMissingTopicBeforeTheJobStarts(Cluster cluster) {
    String[] arguments = {
      "--bootstrap-servers=" + cluster.kafka().bootstrapServers(), "--late-topic=nowhere"
    };

    assertThatThrownBy(() -> EmotionJob.main(arguments))
        .isInstanceOf(TopicUnavailableException.class)
        .hasMessageContaining("must have the topic")
        .hasMessageContaining("nowhere");
  }

  @Test
  void failsForGoodAfterTooManyFailures(Cluster cluster) throws TopicUnavailableException {
    EmotionModelFactory noWeights =
        () -> {
          throw new IllegalStateException("no weights here");
        };
    JobOptions options = JobOptions.defaults().with(RuntimeOptions.RESTART_MOST_FAILURES, 2);

    RunningJob job = TestPipeline.with(cluster, noWeights, options).start(1);

    assertThat(job.awaitEnd()).isFalse();
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.lastFailure())
        .hasValueSatisfying(failure -> assertThat(failure).contains("no weights here"));
  }

  @Test
  void restartsWithoutLimitUntilAnOutageEnds(Cluster cluster)
      throws TopicUnavailableException, InterruptedException, AudioFileException {
    OPENED.set(0);
    EmotionModelFactory recovers =
        () -> {
          if (OPENED.incrementAndGet() <= FAILURES) {
            throw new IllegalStateException("the device is gone");
          }
          return new FakeEmotionModelFactory().open();
        };
    JobOptions options =
        JobOptions.defaults().with(RuntimeOptions.RESTART_LONGEST_DELAY, Duration.ofMillis(20));

    TestPipeline pipeline = TestPipeline.with(cluster, recovers, options);
    RunningJob job = pipeline.start(1);

    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<EmotionEvent> events = pipeline.events()) {
      ReplaySettings settings = ReplaySettings.startingAt(1_600_000_000_000L);
      replayer.replay(DemoCalls.beginOf(DemoCalls.call("lost-parcel", "valid"), 20_000), settings);

      assertThat(events.await(EventSets.endOf(1))).hasSizeGreaterThan(1);
      assertThat(OPENED).hasValueGreaterThan(FAILURES);
    } finally {
      job.cancel();
    }
  }

  @Test
  void failsAtOnceWithoutTheModelsFiles(Cluster cluster) throws TopicUnavailableException {
    EmotionModelFactory noFiles = new TorchModelFactory("nowhere", EmotionPrior.UNIFORM);

    RunningJob job = TestPipeline.with(cluster, noFiles, JobOptions.defaults()).start(1);

    assertThat(job.awaitEnd()).isFalse();
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.lastFailure())
        .hasValueSatisfying(
            failure ->
                assertThat(failure)
                    .contains("the model's files are unusable, which no restart can mend")
                    .contains("nowhere"));
  }

  @Test
  void failsAtOnceWhereTheBrokerRefusesTheTransactionTimeout(Cluster cluster)
      throws TopicUnavailableException {
    JobOptions options =
        JobOptions.defaults()
            .with(KafkaOptions.DELIVERY, Delivery.EXACTLY_ONCE)
            .with(KafkaOptions.TRANSACTION_TIMEOUT, Duration.ofHours(1));

    RunningJob job = TestPipeline.with(cluster, new FakeEmotionModelFactory(), options).start(1);

    assertThat(job.awaitEnd()).isFalse();
    assertThat(job.lastFailure())
        .hasValueSatisfying(
            failure ->
                assertThat(failure)
                    .contains("the configuration is wrong, which no restart can mend")
                    .contains("transaction.max.timeout.ms"));
  }
}

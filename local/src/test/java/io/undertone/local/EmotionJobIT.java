package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.local.embedded.RunningJob;
import io.undertone.model.recognizer.EmotionModelFactory;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class EmotionJobIT {

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
}

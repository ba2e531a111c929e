package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.local.embedded.RunningJob;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.model.recognizer.EmotionModelFactory;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class EmotionJobIT {

  @Test
  void topicsThatAreAbsentAreNamedBeforeTheJobStarts(Cluster cluster) {
    String[] arguments = {
      "--bootstrap-servers=" + cluster.kafka().bootstrapServers(), "--late-topic=nowhere"
    };

    assertThatThrownBy(
            () -> EmotionJob.define(arguments, directory -> new FakeEmotionModelFactory()))
        .isInstanceOf(TopicUnavailableException.class)
        .hasMessageContaining("must have the topic")
        .hasMessageContaining("nowhere");
  }

  @Test
  void aJobThatCannotWorkFailsForGood(Cluster cluster)
      throws TopicUnavailableException, InvalidOptionException {
    JobOptions options = TestRoad.with(cluster, "--restart-most-failures=2").options(1);
    EmotionModelFactory noWeights =
        () -> {
          throw new IllegalStateException("no weights here");
        };

    RunningJob job = cluster.flink().submit(EmotionJob.define(options, noWeights), EmotionJob.NAME);

    assertThat(job.awaitEnd()).isFalse();
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.lastFailure())
        .hasValueSatisfying(failure -> assertThat(failure).contains("no weights here"));
  }
}

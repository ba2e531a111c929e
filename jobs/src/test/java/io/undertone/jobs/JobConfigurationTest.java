package io.undertone.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.RuntimeOptions;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobConfigurationTest {

  @ParameterizedTest
  @CsvSource({"/var/state, file:///var/state", "s3://bucket/folder, s3://bucket/folder"})
  void checkpointsAreStoredAtAUri(String directory, String uri) {
    ReadableConfig configuration =
        configuration(JobOptions.defaults().with(RuntimeOptions.CHECKPOINT_DIR, directory));

    assertThat(configuration.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)).isEqualTo(uri);
    assertThat(configuration.get(CheckpointingOptions.CHECKPOINT_STORAGE)).isEqualTo("filesystem");
  }

  @Test
  void theClusterChoosesTheCheckpointFolderByDefault() {
    assertThat(
            configuration(JobOptions.defaults())
                .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
        .isEmpty();
  }

  @Test
  void theJobRestartsWithoutLimitAndWithGrowingDelays() {
    ReadableConfig configuration = configuration(JobOptions.defaults());

    assertThat(configuration.get(RestartStrategyOptions.RESTART_STRATEGY))
        .isEqualTo("exponential-delay");
    assertThat(
            configuration.get(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF))
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(
            configuration.get(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF))
        .isEqualTo(Duration.ofSeconds(15));
    assertThat(
            configuration.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS))
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aGivenNumberOfFailuresIsALimit() {
    ReadableConfig configuration =
        configuration(JobOptions.defaults().with(RuntimeOptions.RESTART_MOST_FAILURES, 7));

    assertThat(configuration.get(RestartStrategyOptions.RESTART_STRATEGY))
        .isEqualTo("failure-rate");
    assertThat(
            configuration.get(
                RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_MAX_FAILURES_PER_INTERVAL))
        .isEqualTo(7);
  }

  private static ReadableConfig configuration(JobOptions options) {
    return JobConfiguration.environment(options).getConfiguration();
  }
}

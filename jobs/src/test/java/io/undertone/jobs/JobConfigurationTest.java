package io.undertone.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.RuntimeOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;
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

  private static ReadableConfig configuration(JobOptions options) {
    return JobConfiguration.environment(options).getConfiguration();
  }
}

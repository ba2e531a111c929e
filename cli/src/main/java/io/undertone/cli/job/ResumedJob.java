package io.undertone.cli.job;

import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.local.embedded.JobCheckpoints;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.api.common.JobID;

/**
 * A job that finds its checkpoints when it is started again: its id derives from what distinguishes
 * running jobs, its consumer group and its input.
 *
 * @param id the same at every start
 * @param checkpoints none if they are not on this machine's file system
 */
record ResumedJob(JobID id, Optional<JobCheckpoints> checkpoints) {

  static ResumedJob of(JobOptions options) {
    String identity =
        options.get(KafkaOptions.GROUP_ID) + "\n" + options.get(KafkaOptions.AUDIO_TOPIC);
    UUID hash = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
    JobID id = new JobID(hash.getLeastSignificantBits(), hash.getMostSignificantBits());
    return new ResumedJob(
        id,
        localFolder(options.get(RuntimeOptions.CHECKPOINT_DIR))
            .map(folder -> JobCheckpoints.of(id, folder)));
  }

  /**
   * Keeps a second process from running the same job.
   *
   * @return open until the job has ended
   */
  Closeable claim() throws IOException, CommandFailedException {
    if (checkpoints.isEmpty()) {
      return () -> {};
    }
    return checkpoints
        .get()
        .claim()
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "a job with this --group-id, --audio-topic and --checkpoint-dir runs already"));
  }

  Optional<Path> lastCheckpoint() throws IOException {
    return checkpoints.isPresent() ? checkpoints.get().latest() : Optional.empty();
  }

  /** Returns where they are now. */
  Optional<Path> setCheckpointsAside() throws IOException {
    return checkpoints.isPresent() ? checkpoints.get().setAside() : Optional.empty();
  }

  private static Optional<Path> localFolder(String checkpointDir) {
    if (checkpointDir.startsWith("/")) {
      return Optional.of(Path.of(checkpointDir));
    }
    return checkpointDir.startsWith("file:")
        ? Optional.of(Path.of(URI.create(checkpointDir).getPath()))
        : Optional.empty();
  }
}

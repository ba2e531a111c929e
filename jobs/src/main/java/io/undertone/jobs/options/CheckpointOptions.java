package io.undertone.jobs.options;

import java.util.List;
import java.util.Optional;

/**
 * When state is saved, and where. Checkpoints are kept when the job is cancelled, so that another
 * can go on from them.
 *
 * @param intervalMs from the begin of one to the begin of the next
 * @param timeoutMs after which one is given up
 * @param directory a URI that all machines of the cluster reach; empty leaves it to the cluster
 */
public record CheckpointOptions(long intervalMs, long timeoutMs, Optional<String> directory) {
  private static final long ONE_DAY_MS = 86_400_000;

  static final Option<Long> INTERVAL_MS =
      new Option<>(
          "checkpoint-interval-ms",
          "10000",
          "time between checkpoints",
          ValueType.wholeLong(10, ONE_DAY_MS));
  static final Option<Long> TIMEOUT_MS =
      new Option<>(
          "checkpoint-timeout-ms",
          "300000",
          "after which a checkpoint is given up",
          ValueType.wholeLong(10, ONE_DAY_MS));
  static final Option<String> DIRECTORY =
      new Option<>(
          "checkpoint-dir",
          "",
          "where checkpoints lie; nothing leaves it to the cluster",
          ValueType.matching(
              "|[a-z0-9]+:/\\S*|/\\S*", "a URI such as s3://bucket/folder, or an absolute path"));
  static final List<Option<?>> OPTIONS = List.of(INTERVAL_MS, TIMEOUT_MS, DIRECTORY);

  static CheckpointOptions from(OptionValues values) throws InvalidOptionException {
    return new CheckpointOptions(
        values.get(INTERVAL_MS),
        values.get(TIMEOUT_MS),
        Optional.of(values.get(DIRECTORY))
            .filter(directory -> !directory.isEmpty())
            .map(CheckpointOptions::uri));
  }

  /** Flink takes no path without a scheme. */
  private static String uri(String directory) {
    return directory.startsWith("/") ? "file://" + directory : directory;
  }
}

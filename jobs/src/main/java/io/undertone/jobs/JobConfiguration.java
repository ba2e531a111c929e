package io.undertone.jobs;

import io.undertone.jobs.options.CheckpointOptions;
import io.undertone.jobs.options.RestartOptions;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.jobs.options.StateBackend;
import java.time.Duration;
import java.util.Locale;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What {@link RuntimeOptions} mean to Flink. */
public final class JobConfiguration {
  /**
   * How long what a stage has said may wait for more before it is sent to the next. Flink's 100 ms
   * would be a fifth of what an event may take, at each of two hops.
   */
  private static final Duration LONGEST_WAIT_TO_SEND = Duration.ofMillis(10);

  private static final int TOLERABLE_FAILED_CHECKPOINTS = 3;

  private JobConfiguration() {}

  /** An environment of the cluster that the program runs for, with the options applied. */
  public static StreamExecutionEnvironment environment(RuntimeOptions options) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration(options));
    options.parallelism().ifPresent(env::setParallelism);
    return env;
  }

  private static Configuration configuration(RuntimeOptions options) {
    Configuration configuration = new Configuration();
    // A savepoint finds each operator by a name that was chosen, or the job does not start.
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.MAX_PARALLELISM, options.maxParallelism());
    // State and records outlive the code: nothing is written by Kryo.
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    // No stage changes what it was given or has passed on, so none needs a copy of its own.
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(ExecutionOptions.BUFFER_TIMEOUT, LONGEST_WAIT_TO_SEND);
    setCheckpoints(configuration, options.checkpoints());
    setRestarts(configuration, options.restarts());
    if (options.stateBackend() != StateBackend.CLUSTER) {
      configuration.set(
          StateBackendOptions.STATE_BACKEND,
          options.stateBackend().name().toLowerCase(Locale.ROOT));
      configuration.set(
          CheckpointingOptions.INCREMENTAL_CHECKPOINTS,
          options.stateBackend() != StateBackend.HASHMAP);
    }
    return configuration;
  }

  /**
   * Checkpoints are aligned: what can queue before the slowest stage is a few utterances, so
   * barriers pass within seconds, and checkpoints stay free of audio in flight.
   */
  private static void setCheckpoints(Configuration configuration, CheckpointOptions checkpoints) {
    Duration interval = Duration.ofMillis(checkpoints.intervalMs());
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    configuration.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, interval.dividedBy(2));
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMillis(checkpoints.timeoutMs()));
    configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, TOLERABLE_FAILED_CHECKPOINTS);
    configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    checkpoints
        .directory()
        .ifPresent(
            directory -> {
              configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
              configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory);
            });
  }

  private static void setRestarts(Configuration configuration, RestartOptions restarts) {
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "failure-rate");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_MAX_FAILURES_PER_INTERVAL,
        restarts.mostFailures());
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_FAILURE_RATE_INTERVAL,
        Duration.ofMillis(restarts.intervalMs()));
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_DELAY,
        Duration.ofMillis(restarts.delayMs()));
  }
}

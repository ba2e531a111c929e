package io.undertone.jobs;

import io.undertone.jobs.options.JobOptions;
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

/** {@link RuntimeOptions} as Flink takes them, and the settings that every job has. */
final class JobConfiguration {
  /**
   * How long a record may wait in an output buffer for more records. Flink's default of 100 ms, at
   * each of two hops, would take two fifths of an event's latency budget.
   */
  private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(10);

  /** Flink takes no zero for the first delay of growing ones. */
  private static final Duration SHORTEST_DELAY = Duration.ofMillis(1);

  private JobConfiguration() {}

  /** An environment of the cluster that runs this program, with the options applied. */
  static StreamExecutionEnvironment environment(JobOptions options) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration(options));
    int parallelism = options.get(RuntimeOptions.PARALLELISM);
    if (parallelism > 0) {
      env.setParallelism(parallelism);
    }
    return env;
  }

  private static Configuration configuration(JobOptions options) {
    Configuration configuration = new Configuration();
    // A savepoint finds state by explicit uids; the job does not start if one is missing.
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.MAX_PARALLELISM, options.get(RuntimeOptions.MAX_PARALLELISM));
    // State outlives the code, and what Kryo writes does not.
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    // No stage changes its input or what it has emitted, so none needs a copy.
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
    setCheckpoints(configuration, options);
    setRestarts(configuration, options);
    setStateBackend(configuration, options.get(RuntimeOptions.STATE_BACKEND));
    return configuration;
  }

  /**
   * Checkpoints are aligned: at most a few utterances queue before the slowest stage, so barriers
   * pass within seconds, and checkpoints hold no audio in flight.
   */
  private static void setCheckpoints(Configuration configuration, JobOptions options) {
    Duration interval = options.get(RuntimeOptions.CHECKPOINT_INTERVAL);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    configuration.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, interval.dividedBy(2));
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_TIMEOUT, options.get(RuntimeOptions.CHECKPOINT_TIMEOUT));
    configuration.set(
        CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, JobOptions.TOLERATED_FAILED_CHECKPOINTS);
    configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    String directory = options.get(RuntimeOptions.CHECKPOINT_DIR);
    if (!directory.isEmpty()) {
      configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
      configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri(directory));
    }
  }

  /** Flink takes no path without a scheme. */
  private static String uri(String directory) {
    return directory.startsWith("/") ? "file://" + directory : directory;
  }

  private static void setRestarts(Configuration configuration, JobOptions options) {
    if (options.get(RuntimeOptions.RESTART_MOST_FAILURES) > 0) {
      setLimitedRestarts(configuration, options);
    } else {
      setUnlimitedRestarts(configuration, options);
    }
  }

  /** An outage may last longer than any limit; what no restart can mend ends the job at once. */
  private static void setUnlimitedRestarts(Configuration configuration, JobOptions options) {
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        longerOf(SHORTEST_DELAY, options.get(RuntimeOptions.RESTART_DELAY)));
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        longerOf(SHORTEST_DELAY, options.longestRestartDelay()));
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, 2.0);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
        options.get(RuntimeOptions.RESTART_INTERVAL));
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, Integer.MAX_VALUE);
  }

  private static Duration longerOf(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static void setLimitedRestarts(Configuration configuration, JobOptions options) {
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "failure-rate");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_MAX_FAILURES_PER_INTERVAL,
        options.get(RuntimeOptions.RESTART_MOST_FAILURES));
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_FAILURE_RATE_INTERVAL,
        options.get(RuntimeOptions.RESTART_INTERVAL));
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_DELAY,
        options.get(RuntimeOptions.RESTART_DELAY));
  }

  private static void setStateBackend(Configuration configuration, StateBackend backend) {
    if (backend != StateBackend.CLUSTER) {
      configuration.set(StateBackendOptions.STATE_BACKEND, backend.name().toLowerCase(Locale.ROOT));
      configuration.set(
          CheckpointingOptions.INCREMENTAL_CHECKPOINTS, backend != StateBackend.HASHMAP);
    }
  }
}

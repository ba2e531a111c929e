package io.undertone.jobs.options;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.List;

/** How the job runs on Flink. */
public final class RuntimeOptions {
  private static final int MOST_PARALLELISM = 1 << 15;
  private static final Duration ONE_DAY = Duration.ofDays(1);

  public static final JobOption<Integer> PARALLELISM =
      new JobOption<>(
          key("parallelism")
              .intType()
              .defaultValue(0)
              .withDescription("Subtasks of each operator; 0 is the cluster's default."),
          Expectation.wholeNumber(0, MOST_PARALLELISM));

  public static final JobOption<Integer> MAX_PARALLELISM =
      new JobOption<>(
          key("max-parallelism")
              .intType()
              .defaultValue(720)
              .withDescription(
                  "Highest parallelism that the job can ever be rescaled to; the first checkpoint"
                      + " fixes it."),
          Expectation.wholeNumber(1, MOST_PARALLELISM));

  public static final JobOption<StateBackend> STATE_BACKEND =
      new JobOption<>(
          key("state-backend")
              .enumType(StateBackend.class)
              .defaultValue(StateBackend.CLUSTER)
              .withDescription("Where keyed state lives; cluster is the cluster's default."),
          Expectation.oneOf(StateBackend.class));

  public static final JobOption<String> STATE_KEYS =
      new JobOption<>(
          key("state-keys")
              .stringType()
              .defaultValue("")
              .withDescription(
                  "Keys that encrypt memories, audio and emotions in the job's state: a file on"
                      + " each machine of the cluster, or env:NAME for a variable of its"
                      + " environment. Empty does not encrypt."),
          Expectation.matching("|env:[A-Za-z_][A-Za-z0-9_]*|(?!env:).+", "a file, or env:NAME"));

  public static final JobOption<Duration> CHECKPOINT_INTERVAL =
      new JobOption<>(
          key("checkpoint-interval")
              .durationType()
              .defaultValue(Duration.ofSeconds(10))
              .withDeprecatedKeys("checkpoint-interval-ms")
              .withDescription("Time from the start of a checkpoint to the start of the next."),
          Expectation.duration(Duration.ofMillis(10), ONE_DAY));

  public static final JobOption<Duration> CHECKPOINT_TIMEOUT =
      new JobOption<>(
          key("checkpoint-timeout")
              .durationType()
              .defaultValue(Duration.ofMinutes(2))
              .withDeprecatedKeys("checkpoint-timeout-ms")
              .withDescription("When a checkpoint is aborted."),
          Expectation.duration(Duration.ofMillis(10), ONE_DAY));

  public static final JobOption<String> CHECKPOINT_DIR =
      new JobOption<>(
          key("checkpoint-dir")
              .stringType()
              .defaultValue("")
              .withDescription(
                  "Where checkpoints are stored, on a file system that all machines reach; empty is"
                      + " the cluster's default."),
          Expectation.matching(
              "|[a-z0-9]+:/\\S*|/\\S*", "a URI such as s3://bucket/folder, or an absolute path"));

  public static final JobOption<Duration> RESTART_DELAY =
      new JobOption<>(
          key("restart-delay")
              .durationType()
              .defaultValue(Duration.ofSeconds(3))
              .withDeprecatedKeys("restart-delay-ms")
              .withDescription(
                  "Time from a failure to the restart; it doubles with each further failure."),
          Expectation.duration(Duration.ZERO, ONE_DAY));

  public static final JobOption<Duration> RESTART_LONGEST_DELAY =
      new JobOption<>(
          key("restart-longest-delay")
              .durationType()
              .defaultValue(Duration.ofSeconds(15))
              .withDescription(
                  "Longest time from a failure to the restart, if it exceeds restart-delay."),
          Expectation.duration(Duration.ofMillis(1), ONE_DAY));

  public static final JobOption<Duration> RESTART_INTERVAL =
      new JobOption<>(
          key("restart-interval")
              .durationType()
              .defaultValue(Duration.ofMinutes(10))
              .withDeprecatedKeys("restart-interval-ms")
              .withDescription(
                  "After this long without a failure, the first delay is restart-delay again."),
          Expectation.duration(Duration.ofMillis(1), ONE_DAY));

  public static final JobOption<Integer> RESTART_MOST_FAILURES =
      new JobOption<>(
          key("restart-most-failures")
              .intType()
              .defaultValue(0)
              .withDescription(
                  "0 restarts without limit. Otherwise each delay is restart-delay, and with more"
                      + " failures within restart-interval the job fails for good."),
          Expectation.wholeNumber(0, 1_000_000));

  public static final JobOption<Double> TRACED_CALLS =
      new JobOption<>(
          key("traced-calls")
              .doubleType()
              .defaultValue(0.0)
              .withDescription(
                  "Share of the calls whose utterances are traced: the trace reporters of Flink send"
                      + " where their time goes. 0 traces none."),
          Expectation.number(0, 1));

  static final List<JobOption<?>> ALL =
      List.of(
          PARALLELISM,
          MAX_PARALLELISM,
          STATE_BACKEND,
          STATE_KEYS,
          CHECKPOINT_INTERVAL,
          CHECKPOINT_TIMEOUT,
          CHECKPOINT_DIR,
          RESTART_DELAY,
          RESTART_LONGEST_DELAY,
          RESTART_INTERVAL,
          RESTART_MOST_FAILURES,
          TRACED_CALLS);

  private RuntimeOptions() {}
}

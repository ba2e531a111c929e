package io.undertone.jobs.options;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.undertone.model.recognizer.BatchLimits;
import io.undertone.operators.order.OrderOptions;
import io.undertone.operators.recognize.LoadLimits;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** What senders and devices may take before the job defends itself. */
public final class LimitOptions {

  public static final JobOption<Duration> BATCH_DEADLINE =
      new JobOption<>(
          key("batch-deadline")
              .durationType()
              .defaultValue(Duration.ofMillis(BatchLimits.DEFAULT_DEADLINE_MS))
              .withDescription(
                  "A device that takes longer for one batch has hung: the TaskManager's process"
                      + " ends, or the job where Flink runs inside this program."),
          Expectation.duration(Duration.ofMillis(10), Duration.ofDays(1)));

  public static final JobOption<MemorySize> MAX_WAITING_AUDIO =
      new JobOption<>(
          key("max-waiting-audio")
              .memoryType()
              .defaultValue(new MemorySize(OrderOptions.defaults().maxBufferedBytes()))
              .withDescription(
                  "The job stops waiting for a missing chunk once more audio of its call waits."),
          Expectation.memorySize());

  public static final JobOption<Integer> MAX_CALLS_PER_TENANT =
      new JobOption<>(
          key("max-calls-per-tenant")
              .intType()
              .defaultValue(LoadLimits.defaults().mostCallsOfTenant())
              .withDescription(
                  "Calls of one tenant that have a memory in each recognize subtask. Utterances of"
                      + " further calls are estimated without one."),
          Expectation.wholeNumber(1, Integer.MAX_VALUE));

  public static final JobOption<Integer> MAX_STEPS_PER_CALL =
      new JobOption<>(
          key("max-steps-per-call")
              .intType()
              .defaultValue(LoadLimits.defaults().mostStepsOfCall())
              .withDescription(
                  "When a call has this many utterances in progress, its next ones are estimated"
                      + " without its memory, so that other calls need not wait for them. 0 never"
                      + " does."),
          Expectation.wholeNumber(0, 1024));

  public static final JobOption<Duration> SHED_LAG =
      new JobOption<>(
          key("shed-lag")
              .durationType()
              .defaultValue(Duration.ofMillis(LoadLimits.defaults().shedLagMs()))
              .withDescription(
                  "Utterances that were captured longer ago are estimated without a memory. 0 never"
                      + " does."),
          Expectation.duration(Duration.ZERO, Duration.ofDays(1)));

  static final List<JobOption<?>> ALL =
      List.of(
          BATCH_DEADLINE, MAX_WAITING_AUDIO, MAX_CALLS_PER_TENANT, MAX_STEPS_PER_CALL, SHED_LAG);

  private LimitOptions() {}
}

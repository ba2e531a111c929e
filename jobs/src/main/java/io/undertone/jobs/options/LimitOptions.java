package io.undertone.jobs.options;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.undertone.model.recognizer.BatchLimits;
import io.undertone.operators.order.OrderOptions;
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

  static final List<JobOption<?>> ALL = List.of(BATCH_DEADLINE, MAX_WAITING_AUDIO);

  private LimitOptions() {}
}

package io.undertone.cli.simulate;

import io.undertone.bench.simulation.BatchRule;
import io.undertone.bench.simulation.JobSettings;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * Options of {@code simulate} that each job has, named as those of {@code job} where it has them.
 */
final class JobOptionGroup {
  @Option(
      names = "--max-parallelism",
      paramLabel = "N",
      defaultValue = "720",
      description = "Key groups of a job, which its machines share (default: ${DEFAULT-VALUE}).")
  private int maxParallelism = 720;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "32",
      description = "Maximum batch size (default: ${DEFAULT-VALUE}).")
  private int batchSize = 32;

  @Option(
      names = "--batch-wait",
      paramLabel = "MS",
      defaultValue = "5",
      description =
          "How long an utterance waits for others while the device is idle (default:"
              + " ${DEFAULT-VALUE}).")
  private double batchWaitMs = 5;

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "S",
      defaultValue = "10",
      description = "Seconds from checkpoint to checkpoint (default: ${DEFAULT-VALUE}).")
  private double checkpointSeconds = 10;

  @Option(
      names = "--save",
      paramLabel = "MS",
      defaultValue = "0.05",
      description =
          "Time that a checkpoint takes of the device for each memory that has changed (default:"
              + " ${DEFAULT-VALUE}).")
  private double saveMs = 0.05;

  @Option(
      names = "--hours-to-failure",
      paramLabel = "H",
      defaultValue = "720",
      description =
          "Mean time of one machine from failure to failure; Infinity if none fails (default:"
              + " ${DEFAULT-VALUE}, a month).")
  private double hoursToFailure = 720;

  @Option(
      names = "--recovery",
      paramLabel = "S",
      defaultValue = "14",
      description =
          "How long a job stands still when one of its machines fails (default: ${DEFAULT-VALUE},"
              + " the median that docs/reliability.md has).")
  private double recoverySeconds = 14;

  @Option(
      names = "--rescale-pause",
      paramLabel = "S",
      defaultValue = "5",
      description = "How long a job stands still for a rescale (default: ${DEFAULT-VALUE}).")
  private double rescaleSeconds = 5;

  int maxParallelism() {
    return maxParallelism;
  }

  JobSettings settings(List<Integer> machines) {
    return new JobSettings(
        machines,
        maxParallelism,
        new BatchRule(batchSize, batchWaitMs),
        checkpointSeconds,
        saveMs,
        hoursToFailure,
        recoverySeconds,
        rescaleSeconds);
  }
}

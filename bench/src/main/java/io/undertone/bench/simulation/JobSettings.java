package io.undertone.bench.simulation;

import java.util.List;

/**
 * How a job runs.
 *
 * @param machines of each hour; where the number changes, the job is rescaled
 * @param maxParallelism number of key groups, the parts in which calls are spread over machines
 * @param batches when a batch starts
 * @param checkpointSeconds from checkpoint to checkpoint
 * @param saveMs what a checkpoint takes of a device for each memory that has changed
 * @param machineHoursToFailure mean time of one machine from failure to failure; infinite if none
 *     fails
 * @param recoverySeconds how long the whole job stands still after a failure of one machine
 * @param rescaleSeconds the same for a rescale, from the savepoint to the new start
 */
public record JobSettings(
    List<Integer> machines,
    int maxParallelism,
    BatchRule batches,
    double checkpointSeconds,
    double saveMs,
    double machineHoursToFailure,
    double recoverySeconds,
    double rescaleSeconds) {

  public JobSettings {
    machines = List.copyOf(machines);
    if (machines.size() != Day.HOURS) {
      throw new IllegalArgumentException(
          "machines must be given for 24 hours, but are for " + machines.size());
    }
    for (int count : machines) {
      if (count < 1 || count > maxParallelism) {
        throw new IllegalArgumentException(
            "machines of a job must be from 1 to max-parallelism = %d, but are %d"
                .formatted(maxParallelism, count));
      }
    }
    check("checkpointSeconds", checkpointSeconds, 1e-3);
    check("saveMs", saveMs, 0);
    check("machineHoursToFailure", machineHoursToFailure, 1e-3);
    check("recoverySeconds", recoverySeconds, 0);
    check("rescaleSeconds", rescaleSeconds, 0);
  }

  private static void check(String name, double value, double least) {
    if (!(value >= least)) {
      throw new IllegalArgumentException(
          "%s must be at least %s, but is %s".formatted(name, least, value));
    }
  }

  /** Machines of the hour in which a time lies. */
  int machinesAt(double ms) {
    return machines.get(Day.hour(ms));
  }
}

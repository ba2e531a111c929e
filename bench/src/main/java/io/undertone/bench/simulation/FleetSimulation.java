package io.undertone.bench.simulation;

import io.undertone.bench.measure.LatencyHistogram;
import io.undertone.bench.measure.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Simulates a fleet's day.
 *
 * @param machine every machine of the fleet
 * @param jobs number of jobs, independent of each other, among which calls are divided at random
 * @param job settings of each of them
 * @param stateBytesPerCall that a checkpoint holds of a live call
 * @param boundMs utterances whose events come later are late
 * @param seed the same seed gives the same day
 */
public record FleetSimulation(
    MachineFigures machine,
    int jobs,
    JobSettings job,
    double stateBytesPerCall,
    int boundMs,
    long seed) {

  public FleetSimulation {
    if (jobs < 1) {
      throw new IllegalArgumentException("jobs must be at least 1, but are " + jobs);
    }
    if (!(stateBytesPerCall >= 0)) {
      throw new IllegalArgumentException(
          "stateBytesPerCall must be at least 0, but are " + stateBytesPerCall);
    }
    if (boundMs < 1 || boundMs > LatencyHistogram.LONGEST_MS) {
      throw new IllegalArgumentException(
          "boundMs must be from 1 to %d, but is %d"
              .formatted(LatencyHistogram.LONGEST_MS, boundMs));
    }
  }

  /**
   * Lets the day pass. A Poisson process that is divided at random gives independent Poisson
   * processes, so the jobs are simulated one by one.
   */
  public Outcome run(Day day) {
    Tally all = new Tally();
    for (int i = 0; i < jobs; i++) {
      all.add(run(day.divided(jobs), new Randomness(seed, i)));
    }
    return outcome(all);
  }

  private Tally run(Day day, Randomness random) {
    Tally tally = new Tally();
    Agenda agenda = new Agenda();
    Job simulated =
        new Job(agenda, job, machine, new DayTraffic(day, random.traffic()), random, tally);
    agenda.run();
    simulated.end();
    return tally;
  }

  private Outcome outcome(Tally tally) {
    LatencyHistogram latencies = new LatencyHistogram();
    List<Outcome.Hour> hours = new ArrayList<>();
    for (int i = 0; i < Day.HOURS; i++) {
      Tally.Hour hour = tally.hours().get(i);
      latencies.add(hour.latencies);
      hours.add(hour(i, hour));
    }
    return new Outcome(
        tally.hours().stream().mapToLong(hour -> hour.callsBegun).sum(),
        latencies.count(),
        quantiles(latencies),
        latencies.shareAbove(boundMs),
        hours.stream().mapToDouble(Outcome.Hour::machines).sum(),
        tally.hours().stream().mapToLong(hour -> hour.repeated).sum(),
        hours);
  }

  private Outcome.Hour hour(int index, Tally.Hour hour) {
    int machines = jobs * job.machines().get(index);
    double busyDevices = Arrays.stream(hour.busyMsByMachine).sum() / Day.HOUR_MS;
    double checkpoints = Day.HOUR_MS / 1_000 / job.checkpointSeconds();
    double liveCalls = hour.savedCalls / checkpoints;
    return new Outcome.Hour(
        index,
        machines,
        hour.mostLiveCalls,
        hour.latencies.count(),
        quantiles(hour.latencies),
        hour.latencies.shareAbove(boundMs),
        busyDevices / machines,
        Arrays.stream(hour.busyMsByMachine).max().orElse(0) / Day.HOUR_MS,
        machine.coresUsed(machines, liveCalls, busyDevices),
        liveCalls * stateBytesPerCall / job.checkpointSeconds(),
        hour.stoodStillMs / 1_000);
  }

  private static Quantiles quantiles(LatencyHistogram latencies) {
    return latencies.count() == 0 ? new Quantiles(0, 0, 0) : latencies.quantiles();
  }
}

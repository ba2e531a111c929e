package io.undertone.bench.simulation;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How many machines a number of live calls needs, so that 95 % of the events come within a bound,
 * on the fullest machine too.
 *
 * @param callsPerMachine the most calls that one machine serves within the bound
 * @param most what one machine is like with so many calls
 */
public record FleetSize(int callsPerMachine, SteadyLoad most) {
  /** Flink's most; with fewer, machines get more unequal numbers of key groups. */
  static final int KEY_GROUPS = 32_768;

  /** Faster machines are taken to serve no more, which bounds the time of a plan. */
  private static final int MOST_CALLS = 20_000;

  /** The fullest machine has more calls than this in one of twenty cases. */
  private static final double FULLEST = 0.95;

  /**
   * Looks for the most calls of one machine: doubles their number, then bisects.
   *
   * @throws IllegalArgumentException if not even one call keeps the bound
   */
  public static FleetSize within(double boundMs, MachineFigures machine) {
    SteadyLoad one = SteadyLoad.random(machine, 1, 1);
    if (one.latencyMs().p95() > boundMs) {
      throw new IllegalArgumentException(
          "p95 must be at most %.0f ms, but one call on a machine alone has %.0f ms"
              .formatted(boundMs, one.latencyMs().p95()));
    }
    int limit = limit(machine);
    int fits = 1;
    int tooMany = limit + 1;
    SteadyLoad most = one;
    while (tooMany - fits > Math.max(1, fits / 100)) {
      int calls = Math.min(2 * fits, (fits + tooMany) >>> 1);
      SteadyLoad tried = SteadyLoad.random(machine, 1, calls);
      if (tried.latencyMs().p95() <= boundMs) {
        fits = calls;
        most = tried;
      } else {
        tooMany = calls;
      }
    }
    return new FleetSize(fits, most);
  }

  /** The calls for which the machine's cores would all be busy without the device. */
  private static int limit(MachineFigures machine) {
    double most = (machine.cores() - machine.baseCores()) / machine.coresPerCall();
    return (int) Math.max(1, Math.min(MOST_CALLS, most));
  }

  /** Devices that are busy at a time, if each machine has as many calls as it can. */
  public double busyDevices(long calls) {
    return most.deviceUse() * calls / callsPerMachine;
  }

  /** The fewest machines of jobs with as many key groups as Flink allows. */
  public long machines(long calls) {
    return machines(calls, KEY_GROUPS);
  }

  /**
   * The fewest machines for which the fullest one has at most {@link #callsPerMachine}.
   *
   * @param keyGroups of a job; more machines than these are several jobs
   */
  public long machines(long calls, int keyGroups) {
    long tooFew = 0;
    long enough = 1;
    while (fullest(calls, enough, keyGroups) > callsPerMachine) {
      tooFew = enough;
      enough *= 2;
    }
    while (enough - tooFew > 1) {
      long machines = (tooFew + enough) >>> 1;
      if (fullest(calls, machines, keyGroups) > callsPerMachine) {
        tooFew = machines;
      } else {
        enough = machines;
      }
    }
    return enough;
  }

  /**
   * Calls of the fullest of some machines. A machine has a whole number of key groups, and the
   * number of calls in them is binomial, here as a normal distribution.
   */
  static double fullest(long calls, long machines, int keyGroups) {
    if (machines == 1) {
      return calls;
    }
    double groups = keyGroups * Math.ceil((double) machines / keyGroups);
    double share = Math.ceil(groups / machines) / groups;
    double mean = calls * share;
    double quantile = Math.pow(FULLEST, 1.0 / machines);
    return mean
        + new NormalDistribution().inverseCumulativeProbability(quantile)
            * Math.sqrt(mean * (1 - share));
  }
}

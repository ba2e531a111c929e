package io.undertone.bench.simulation;

import io.undertone.bench.measure.Quantiles;
import java.util.List;

/**
 * What a simulated day was like.
 *
 * @param calls that began
 * @param utterances that were recognized, each counted once
 * @param latencyMs from the end of the audio to the event; all utterances of the day
 * @param lateShare of utterances, later than the bound
 * @param machineHours that the fleet ran
 * @param repeated utterances that were recognized again after failures
 */
public record Outcome(
    long calls,
    long utterances,
    Quantiles latencyMs,
    double lateShare,
    double machineHours,
    long repeated,
    List<Hour> hours) {

  /**
   * One hour; see {@link Outcome} for what has the same name.
   *
   * @param machines of all jobs together
   * @param liveCalls the most at one time
   * @param deviceUse share of the time that devices are busy, on average
   * @param fullestUse the same of the busiest device
   * @param cores that the fleet takes on average
   * @param checkpointBytesPerSecond of all jobs
   * @param stoodStillSeconds because of failures and rescales, all jobs together
   */
  public record Hour(
      int hour,
      int machines,
      long liveCalls,
      long utterances,
      Quantiles latencyMs,
      double lateShare,
      double deviceUse,
      double fullestUse,
      double cores,
      double checkpointBytesPerSecond,
      double stoodStillSeconds) {}

  /** The largest 95th percentile of an hour. */
  public double worstHourP95Ms() {
    return hours.stream().mapToDouble(hour -> hour.latencyMs().p95()).max().orElse(0);
  }
}

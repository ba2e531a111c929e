package io.undertone.bench.simulation;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * Finds the figures of a machine from what it did with few calls.
 *
 * <ol>
 *   <li>The device alone says how much of a batch's time each utterance adds. Within the pipeline,
 *       it takes longer by the same factor for all batches: other threads use the same cores.
 *   <li>What a level of calls takes of the cores beside the device is a line: a part for the
 *       pipeline, and one for each call.
 *   <li>The path is what is missing to the median latency, and the spread of batch times what is
 *       missing to its 95th percentile.
 * </ol>
 */
public final class MachineFit {
  private static final int ROUNDS = 3;
  private static final double MOST_SPREAD = 3;
  private static final double SPREAD_STEP = 0.02;

  /**
   * The device alone.
   *
   * @param batchMs what a batch takes whatever its size
   * @param utteranceMs what each utterance of 3 s adds
   */
  public record DeviceAlone(double batchMs, double utteranceMs) {

    /**
     * By the time of two batches.
     *
     * @param ms of a batch of so many utterances
     */
    public static DeviceAlone of(int small, double smallMs, int large, double largeMs) {
      if (small >= large) {
        return new DeviceAlone(0, smallMs / small);
      }
      double added = Math.max(0, largeMs - smallMs) / (large - small);
      double utterance = Math.min(smallMs / small, added);
      return utterance > 0
          ? new DeviceAlone(smallMs - small * utterance, utterance)
          : new DeviceAlone(0, largeMs / large);
    }
  }

  /**
   * What the pipeline did with few calls.
   *
   * @param batchMs mean time of a batch
   * @param batchUtterances mean number of utterances in a batch
   * @param deviceUse share of the time that the device was busy
   */
  public record LowLoad(
      int calls,
      double p50Ms,
      double p95Ms,
      double coresUsed,
      double batchMs,
      double batchUtterances,
      double deviceUse) {}

  private MachineFit() {}

  /**
   * Fits the figures.
   *
   * @param cores of the machine
   * @param levels two at least, with different numbers of calls
   */
  public static MachineFigures of(int cores, DeviceAlone device, List<LowLoad> levels) {
    double slower = mean(levels, LowLoad::batchMs) / mean(levels, level -> alone(device, level));
    double deviceCores = Math.min(1, 1 / slower);
    SimpleRegression others = new SimpleRegression();
    levels.forEach(
        level ->
            others.addData(level.calls(), level.coresUsed() - deviceCores * level.deviceUse()));
    double base = Math.max(0, others.getIntercept());
    double perCall =
        Math.max(
            0,
            base > 0
                ? others.getSlope()
                : mean(levels, level -> level.coresUsed() - deviceCores * level.deviceUse())
                    / mean(levels, LowLoad::calls));
    MachineFigures asIfAlone =
        new MachineFigures(
            cores,
            device.batchMs(),
            device.utteranceMs(),
            0,
            mean(levels, LowLoad::p50Ms),
            deviceCores,
            base,
            perCall);
    double byOwnThreads = mean(levels, level -> asIfAlone.slowdown(level.calls()));
    MachineFigures figures = asIfAlone.slowedBy(slower / byOwnThreads);
    for (int round = 0; round < ROUNDS; round++) {
      figures = withPath(figures, levels);
      figures = withSpread(figures, levels);
    }
    return withPath(figures, levels);
  }

  private static double alone(DeviceAlone device, LowLoad level) {
    return device.batchMs() + level.batchUtterances() * device.utteranceMs();
  }

  private static MachineFigures withPath(MachineFigures figures, List<LowLoad> levels) {
    double missingMs =
        mean(levels, level -> level.p50Ms() - foretold(figures, level).latencyMs().p50());
    return figures.withPathMs(Math.max(MachineFigures.CHUNK_MS / 2, figures.pathMs() + missingMs));
  }

  /** Bisects: the 95th percentile grows with the spread. */
  private static MachineFigures withSpread(MachineFigures figures, List<LowLoad> levels) {
    double least = 0;
    double most = MOST_SPREAD;
    while (most - least > SPREAD_STEP) {
      MachineFigures tried = figures.withSpread((least + most) / 2);
      if (mean(levels, level -> foretold(tried, level).latencyMs().p95() - level.p95Ms()) < 0) {
        least = tried.spread();
      } else {
        most = tried.spread();
      }
    }
    return figures.withSpread(least);
  }

  private static SteadyLoad foretold(MachineFigures figures, LowLoad level) {
    return SteadyLoad.even(figures, level.calls());
  }

  private static double mean(List<LowLoad> levels, ToDoubleFunction<LowLoad> value) {
    return levels.stream().mapToDouble(value).average().orElseThrow();
  }
}

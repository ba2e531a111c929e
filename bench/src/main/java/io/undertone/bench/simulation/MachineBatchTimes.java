package io.undertone.bench.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.commons.math3.distribution.ConstantRealDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.random.RandomGenerator;

/** Batch times of a machine: by the sizes of the utterances, times a gamma distributed factor. */
final class MachineBatchTimes implements Device.BatchTimes {
  private final MachineFigures machine;
  private final LongSupplier calls;
  private final RealDistribution factor;
  private final Map<Long, Double> slowdownByCalls = new HashMap<>();

  /**
   * @param calls that live on the machine now
   */
  MachineBatchTimes(MachineFigures machine, LongSupplier calls, RandomGenerator random) {
    this.machine = machine;
    this.calls = calls;
    double variance = machine.spread() * machine.spread();
    this.factor =
        variance == 0
            ? new ConstantRealDistribution(1)
            : new GammaDistribution(random, 1 / variance, variance);
  }

  @Override
  public double ms(List<SimulatedUtterance> batch) {
    double utterances = 0;
    for (SimulatedUtterance utterance : batch) {
      utterances += utterance.size();
    }
    double slowdown = slowdownByCalls.computeIfAbsent(calls.getAsLong(), machine::slowdown);
    return machine.batchMs(utterances) * slowdown * factor.sample();
  }
}

package io.undertone.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against formulas of Gross, Shortle, Thompson, Harris: Fundamentals of Queueing Theory, 4th ed.
 */
class DeviceTest {
  private static final int UTTERANCES = 150_000;
  private static final double SERVICE_MS = 10;
  private static final BatchRule ONE_BY_ONE = new BatchRule(1, 0);

  /** M/M/1, equation 2.31: W = 1 / (μ - λ). */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.6, 0.8})
  void exponentialServiceTakesAsLongAsInMM1(double load) {
    RealDistribution service = new ExponentialDistribution(new Well19937c(1), SERVICE_MS);

    assertThat(meanMs(load, ONE_BY_ONE, batch -> service.sample()))
        .isCloseTo(SERVICE_MS / (1 - load), withinPercentage(5));
  }

  /** M/D/1, from Pollaczek and Khintchine, section 5.1: Wq = ρ / (2 μ (1 - ρ)). */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.6, 0.9})
  void constantServiceTakesAsLongAsInMD1(double load) {
    assertThat(meanMs(load, ONE_BY_ONE, batch -> SERVICE_MS))
        .isCloseTo(SERVICE_MS + SERVICE_MS * load / (2 * (1 - load)), withinPercentage(3));
  }

  /**
   * M/M(1,b)/1: a batch takes whoever waits, at most b, and an exponential time whatever its size
   * (J. Medhi, Stochastic Models in Queueing Theory, section 4.2.2, for a = 1). With n waiting, the
   * busy states have probabilities C rⁿ, where μ r^(b+1) - (λ + μ) r + λ = 0.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 2, 3})
  void batchesTakeAsLongAsInBulkService(double load) {
    int most = 4;
    double mu = 1 / SERVICE_MS;
    double lambda = load * mu;
    UnivariateFunction balance = r -> mu * Math.pow(r, most + 1) - (lambda + mu) * r + lambda;
    double r = new BrentSolver(1e-12).solve(1_000, balance, 1e-9, 1 - 1e-6);
    double busy = 1 / (mu / lambda + 1 / (1 - r));
    double waiting = busy * r / Math.pow(1 - r, 2);
    RealDistribution service = new ExponentialDistribution(new Well19937c(1), SERVICE_MS);

    assertThat(meanMs(load, new BatchRule(most, 0), batch -> service.sample()))
        .isCloseTo(waiting / lambda + SERVICE_MS, withinPercentage(5));
  }

  /** With little to do, an utterance waits for others in vain. */
  @Test
  void anIdleDeviceWaitsForABatchToFill() {
    assertThat(meanMs(0.001, new BatchRule(8, 5), batch -> SERVICE_MS))
        .isCloseTo(5 + SERVICE_MS, withinPercentage(1));
  }

  /** A device that is always late computes full batches, so it serves b in the time of one. */
  @Test
  void fullBatchesLimitWhatADeviceServes() {
    Agenda agenda = new Agenda();
    List<Integer> sizes = new ArrayList<>();
    Device device =
        new Device(
            agenda, new BatchRule(8, 5), batch -> SERVICE_MS + sizes(batch, sizes), one -> {});
    for (int i = 0; i < 800; i++) {
      device.add(new SimulatedUtterance(i, 0, 1));
    }
    agenda.run();

    assertThat(sizes).hasSize(100).containsOnly(8);
    assertThat(agenda.nowMs()).isEqualTo(100 * SERVICE_MS);
    assertThat(device.takeBusyMs()).isEqualTo(100 * SERVICE_MS);
  }

  private static double sizes(List<SimulatedUtterance> batch, List<Integer> sizes) {
    sizes.add(batch.size());
    return 0;
  }

  @Test
  void aPauseDelaysTheNextBatch() {
    Agenda agenda = new Agenda();
    List<Double> doneMs = new ArrayList<>();
    Device device =
        new Device(agenda, ONE_BY_ONE, batch -> SERVICE_MS, one -> doneMs.add(agenda.nowMs()));
    device.add(new SimulatedUtterance(0, 0, 1));
    device.add(new SimulatedUtterance(1, 0, 1));
    device.pause(100);
    agenda.run();

    assertThat(doneMs).containsExactly(SERVICE_MS, 100 + 2 * SERVICE_MS);
  }

  @Test
  void aStoppedDeviceReturnsWhatIsNotDone() {
    Agenda agenda = new Agenda();
    List<SimulatedUtterance> done = new ArrayList<>();
    Device device = new Device(agenda, ONE_BY_ONE, batch -> SERVICE_MS, done::add);
    List<SimulatedUtterance> all =
        List.of(
            new SimulatedUtterance(0, 0, 1),
            new SimulatedUtterance(1, 0, 1),
            new SimulatedUtterance(2, 0, 1));
    all.forEach(device::add);
    List<SimulatedUtterance> open = new ArrayList<>();
    agenda.at(1.5 * SERVICE_MS, () -> open.addAll(device.stop()));
    agenda.run();

    assertThat(done).containsExactly(all.get(0));
    assertThat(open).containsExactly(all.get(1), all.get(2));
  }

  /** Mean time in the system, where arrivals are a Poisson process. */
  private static double meanMs(double load, BatchRule rule, Device.BatchTimes times) {
    Agenda agenda = new Agenda();
    double[] sumMs = {0};
    Device device =
        new Device(agenda, rule, times, one -> sumMs[0] += agenda.nowMs() - one.endMs());
    RealDistribution gap = new ExponentialDistribution(new Well19937c(2), SERVICE_MS / load);
    arrive(agenda, device, gap, 0);
    agenda.run();
    return sumMs[0] / UTTERANCES;
  }

  private static void arrive(Agenda agenda, Device device, RealDistribution gap, int number) {
    if (number < UTTERANCES) {
      agenda.after(
          gap.sample(),
          () -> {
            device.add(new SimulatedUtterance(number, agenda.nowMs(), 1));
            arrive(agenda, device, gap, number + 1);
          });
    }
  }
}

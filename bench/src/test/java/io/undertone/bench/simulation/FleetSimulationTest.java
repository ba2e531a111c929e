package io.undertone.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Collections;
import org.junit.jupiter.api.Test;

class FleetSimulationTest {
  private static final Day DAY = new Day(2_000, 300);
  private static final double NEVER = Double.POSITIVE_INFINITY;

  @Test
  void theSameSeedGivesTheSameDay() {
    assertThat(day(1, 1, 100, 1)).isEqualTo(day(1, 1, 100, 1));
    assertThat(day(1, 1, 100, 2)).isNotEqualTo(day(1, 1, 100, 1));
  }

  @Test
  void callsAndTheirDurationFollowTheDay() {
    Outcome outcome = day(1, 2, NEVER, 1);

    // Four standard deviations of a Poisson number.
    assertThat((double) outcome.calls()).isCloseTo(DAY.calls(), within(4 * Math.sqrt(DAY.calls())));
    // An utterance every 6 s.
    assertThat((double) outcome.utterances() / outcome.calls())
        .isCloseTo(DAY.callSeconds() / 6, withinPercentage(5));
    assertThat(outcome.hours().get(10).checkpointBytesPerSecond())
        .isCloseTo(DAY.liveCalls(10) * 1_000 / 10, withinPercentage(15));
    assertThat(outcome.machineHours()).isEqualTo(48);
  }

  @Test
  void moreMachinesNeverRaiseTheTail() {
    double before = Double.POSITIVE_INFINITY;
    for (int machines = 1; machines <= 6; machines++) {
      double p95 = slow(machines).latencyMs().p95();
      // Batches fill less, so a few milliseconds may be noise.
      assertThat(p95).as("%d machines", machines).isLessThanOrEqualTo(before + 5);
      before = p95;
    }
    assertThat(slow(1).latencyMs().p95()).isGreaterThan(2 * before);
  }

  /** One machine is too few in the busiest hours. */
  private static Outcome slow(int machines) {
    return simulation(MachineFigures.DEFAULT.slowedBy(15), 1, machines, NEVER, 1).run(DAY);
  }

  @Test
  void aFailureStopsOneOfSeveralJobsOnly() {
    Outcome one = day(1, 4, 20, 1);
    Outcome four = day(4, 1, 20, 1);

    assertThat(one.lateShare()).isPositive();
    assertThat(four.lateShare()).isPositive().isLessThan(one.lateShare() / 2);
  }

  @Test
  void refusesAFleetThatCannotBe() {
    assertThatThrownBy(() -> day(0, 1, NEVER, 1)).hasMessage("jobs must be at least 1, but are 0");
    assertThatThrownBy(() -> day(1, 721, NEVER, 1))
        .hasMessage("machines of a job must be from 1 to max-parallelism = 720, but are 721");
    assertThatThrownBy(() -> new Day(0, 300))
        .hasMessage("calls must be from 1 to 1e8, but are 0.0");
  }

  private static Outcome day(int jobs, int machines, double hoursToFailure, long seed) {
    return simulation(MachineFigures.DEFAULT, jobs, machines, hoursToFailure, seed).run(DAY);
  }

  private static FleetSimulation simulation(
      MachineFigures machine, int jobs, int machines, double hoursToFailure, long seed) {
    JobSettings job =
        new JobSettings(
            Collections.nCopies(Day.HOURS, machines),
            720,
            new BatchRule(32, 5),
            10,
            0.05,
            hoursToFailure,
            14,
            5);
    return new FleetSimulation(machine, jobs, job, 1_000, 1_000, seed);
  }
}

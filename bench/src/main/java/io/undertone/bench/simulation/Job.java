package io.undertone.bench.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * A Flink job on its machines. Stages exchange records between all machines, so a failure of one
 * machine restarts the whole job from its last checkpoint: it stands still, then recognizes again
 * what it had recognized since, and then what has queued up. A rescale stands still too, but its
 * savepoint leaves nothing to repeat.
 */
final class Job implements Traffic.Listener {
  private final Agenda agenda;
  private final JobSettings settings;
  private final Device.BatchTimes times;
  private final Tally tally;
  private final RealDistribution pathMs;
  private final RealDistribution untilFailure;
  private final double endMs;

  private List<Device> devices = List.of();
  private double standsStillUntilMs;

  /** What waits for the job to run again. */
  private List<SimulatedUtterance> held = new ArrayList<>();

  private final List<SimulatedUtterance> doneSinceCheckpoint = new ArrayList<>();

  /** What is recognized again; its events have come before. */
  private final Set<SimulatedUtterance> repeated = new HashSet<>();

  Job(
      Agenda agenda,
      JobSettings settings,
      MachineFigures machine,
      Traffic traffic,
      Randomness randomness,
      Tally tally) {
    this.agenda = agenda;
    this.settings = settings;
    this.tally = tally;
    this.times = new MachineBatchTimes(machine, this::callsOfAMachine, randomness.batches());
    RandomGenerator random = randomness.job();
    this.endMs = traffic.endMs();
    double half = MachineFigures.CHUNK_MS / 2;
    this.pathMs =
        new UniformRealDistribution(random, machine.pathMs() - half, machine.pathMs() + half);
    this.untilFailure = new ExponentialDistribution(random, 1);
    start(settings.machinesAt(0));
    planFailure();
    planCheckpoint();
    planHour();
    traffic.begin(agenda, this);
  }

  @Override
  public void callBegan() {
    tally.callBegan(agenda.nowMs());
  }

  @Override
  public void callEnded() {
    tally.callEnded();
  }

  @Override
  public void utteranceEnded(SimulatedUtterance utterance) {
    agenda.after(pathMs.sample(), () -> arrive(utterance));
  }

  private void arrive(SimulatedUtterance utterance) {
    if (devices.isEmpty()) {
      held.add(utterance);
    } else {
      int machine =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              utterance.call(), settings.maxParallelism(), devices.size());
      devices.get(machine).add(utterance);
    }
  }

  private void done(SimulatedUtterance utterance) {
    doneSinceCheckpoint.add(utterance);
    if (repeated.remove(utterance)) {
      tally.repeated(agenda.nowMs());
    } else {
      tally.recognized(utterance, agenda.nowMs());
    }
  }

  private long callsOfAMachine() {
    return tally.liveCalls() / devices.size();
  }

  private void start(int machines) {
    List<Device> started = new ArrayList<>();
    for (int i = 0; i < machines; i++) {
      started.add(new Device(agenda, settings.batches(), times, this::done));
    }
    devices = started;
  }

  /**
   * Stops all machines for a while. Afterwards they do what is to be repeated, then what they had
   * not done, then what came meanwhile.
   */
  private void standStill(double seconds, List<SimulatedUtterance> toRepeat) {
    countBusy(agenda.nowMs());
    List<SimulatedUtterance> open = new ArrayList<>(toRepeat);
    devices.forEach(device -> open.addAll(device.stop()));
    open.addAll(held);
    held = open;
    devices = List.of();
    double fromMs = Math.max(agenda.nowMs(), standsStillUntilMs);
    standsStillUntilMs = Math.max(fromMs, agenda.nowMs() + 1_000 * seconds);
    tally.stoodStill(agenda.nowMs(), standsStillUntilMs - fromMs);
    agenda.at(standsStillUntilMs, this::resume);
  }

  private void resume() {
    if (devices.isEmpty() && agenda.nowMs() >= standsStillUntilMs) {
      start(settings.machinesAt(agenda.nowMs()));
      List<SimulatedUtterance> waiting = held;
      held = new ArrayList<>();
      waiting.forEach(this::arrive);
    }
  }

  private void planFailure() {
    int machines = settings.machinesAt(agenda.nowMs());
    double hours = untilFailure.sample() * settings.machineHoursToFailure() / machines;
    plan(hours * Day.HOUR_MS, this::fail);
  }

  private void fail() {
    repeated.addAll(doneSinceCheckpoint);
    standStill(settings.recoverySeconds(), doneSinceCheckpoint);
    doneSinceCheckpoint.clear();
    planFailure();
  }

  private void planCheckpoint() {
    plan(1_000 * settings.checkpointSeconds(), this::checkpoint);
  }

  private void checkpoint() {
    if (!devices.isEmpty()) {
      double memories = (double) doneSinceCheckpoint.size() / devices.size();
      devices.forEach(device -> device.pause(memories * settings.saveMs()));
      doneSinceCheckpoint.clear();
      tally.checkpoint(agenda.nowMs());
    }
    planCheckpoint();
  }

  private void planHour() {
    plan(Day.HOUR_MS, this::hour);
  }

  private void hour() {
    // Until now they were busy in the hour that is over.
    countBusy(agenda.nowMs() - 1);
    if (!devices.isEmpty() && devices.size() != settings.machinesAt(agenda.nowMs())) {
      doneSinceCheckpoint.clear();
      standStill(settings.rescaleSeconds(), List.of());
    }
    planHour();
  }

  private void countBusy(double atMs) {
    for (int machine = 0; machine < devices.size(); machine++) {
      tally.busy(atMs, machine, devices.get(machine).takeBusyMs());
    }
  }

  /** Counts what is not counted yet, when the simulation is over. */
  void end() {
    countBusy(endMs - 1);
  }

  /** Nothing but calls in progress is planned after the end, so that the simulation ends. */
  private void plan(double delayMs, Runnable action) {
    if (agenda.nowMs() + delayMs < endMs) {
      agenda.after(delayMs, action);
    }
  }
}

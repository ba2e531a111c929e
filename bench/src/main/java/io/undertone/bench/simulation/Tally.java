package io.undertone.bench.simulation;

import io.undertone.bench.measure.LatencyHistogram;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Counts by the hour what happens in a job, or in several. */
final class Tally {
  private final List<Hour> hours;
  private long liveCalls;

  /** One hour. Latencies count to the hour in which the audio ended. */
  static final class Hour {
    final LatencyHistogram latencies = new LatencyHistogram();
    double[] busyMsByMachine = {};
    long callsBegun;
    long mostLiveCalls;
    long repeated;

    /** Live calls at each checkpoint, added up. */
    long savedCalls;

    double stoodStillMs;

    private void add(Hour other) {
      latencies.add(other.latencies);
      busyMsByMachine =
          DoubleStream.concat(Arrays.stream(busyMsByMachine), Arrays.stream(other.busyMsByMachine))
              .toArray();
      callsBegun += other.callsBegun;
      mostLiveCalls += other.mostLiveCalls;
      repeated += other.repeated;
      savedCalls += other.savedCalls;
      stoodStillMs += other.stoodStillMs;
    }
  }

  Tally() {
    hours = Stream.generate(Hour::new).limit(Day.HOURS).toList();
  }

  List<Hour> hours() {
    return hours;
  }

  /** Adds another job's counts. */
  void add(Tally other) {
    IntStream.range(0, Day.HOURS).forEach(i -> hours.get(i).add(other.hours.get(i)));
  }

  private Hour at(double ms) {
    return hours.get(Day.hour(ms));
  }

  void callBegan(double ms) {
    liveCalls++;
    Hour hour = at(ms);
    hour.callsBegun++;
    hour.mostLiveCalls = Math.max(hour.mostLiveCalls, liveCalls);
  }

  long liveCalls() {
    return liveCalls;
  }

  void callEnded() {
    liveCalls--;
  }

  void recognized(SimulatedUtterance utterance, double ms) {
    at(utterance.endMs()).latencies.add(Math.round(ms - utterance.endMs()));
  }

  void repeated(double ms) {
    at(ms).repeated++;
  }

  void checkpoint(double ms) {
    at(ms).savedCalls += liveCalls;
  }

  void stoodStill(double ms, double durationMs) {
    at(ms).stoodStillMs += durationMs;
  }

  void busy(double ms, int machine, double durationMs) {
    Hour hour = at(ms);
    if (machine >= hour.busyMsByMachine.length) {
      hour.busyMsByMachine = Arrays.copyOf(hour.busyMsByMachine, machine + 1);
    }
    hour.busyMsByMachine[machine] += durationMs;
  }
}

package io.undertone.bench.simulation;

import io.undertone.bench.measure.Quantiles;
import io.undertone.operators.recognize.RecognizeOptions;
import java.util.Arrays;
import java.util.Collections;
import org.apache.commons.math3.distribution.RealDistribution;

/**
 * Foretells a load that does not change: calls with an utterance of 3 s every 6 s, for ten minutes.
 *
 * @param latencyMs from the end of the audio to the event
 * @param deviceUse share of the time that devices are busy
 * @param cores that the machines take together
 */
public record SteadyLoad(Quantiles latencyMs, double deviceUse, double cores) {
  private static final double DURATION_MS = 600_000;
  private static final Randomness RANDOM = new Randomness(1, 0);

  /** As the job's defaults; see {@link JobSettings}. */
  private static final int KEY_GROUPS = 720;

  private static final double CHECKPOINT_SECONDS = 10;

  /** The job's default batches. */
  public static BatchRule defaultBatches() {
    var limits = RecognizeOptions.defaults().batches();
    return new BatchRule(limits.utterances(), limits.waitMs());
  }

  /** Calls as {@code bench} plays them, evenly spread, on one machine. */
  public static SteadyLoad even(MachineFigures machine, int calls) {
    return of(machine, 1, new SteadyTraffic(calls, Speech.even(), DURATION_MS));
  }

  /** Calls of people, whose utterances and silences differ, on some machines. */
  public static SteadyLoad random(MachineFigures machine, int machines, int calls) {
    return of(
        machine, machines, new SteadyTraffic(calls, Speech.random(RANDOM.traffic()), DURATION_MS));
  }

  private static SteadyLoad of(MachineFigures machine, int machines, SteadyTraffic traffic) {
    JobSettings settings =
        new JobSettings(
            Collections.nCopies(Day.HOURS, machines),
            KEY_GROUPS,
            defaultBatches(),
            CHECKPOINT_SECONDS,
            0,
            Double.POSITIVE_INFINITY,
            0,
            0);
    Tally tally = new Tally();
    Agenda agenda = new Agenda();
    Job job = new Job(agenda, settings, machine, traffic, RANDOM, tally);
    agenda.run();
    job.end();
    Tally.Hour hour = tally.hours().get(0);
    double busyDevices = Arrays.stream(hour.busyMsByMachine).sum() / DURATION_MS;
    return new SteadyLoad(
        hour.latencies.quantiles(),
        busyDevices / machines,
        machine.coresUsed(machines, traffic.calls(), busyDevices));
  }

  /**
   * The same calls all the time, whose first utterances end at moments spread evenly over a turn.
   *
   * @param calls number of live calls
   * @param endMs when all of them end
   */
  private record SteadyTraffic(int calls, Speech speech, double endMs) implements Traffic {

    @Override
    public void begin(Agenda agenda, Listener listener) {
      double turnMs = speech.meanTurnMs();
      RealDistribution utterances = speech.utteranceMs();
      for (int call = 0; call < calls; call++) {
        listener.callBegan();
        double spokenMs = utterances.sample();
        speech.speakAt(agenda, call, turnMs * call / calls, spokenMs, endMs, listener);
      }
    }
  }
}

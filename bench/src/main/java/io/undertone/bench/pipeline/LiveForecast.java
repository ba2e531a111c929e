package io.undertone.bench.pipeline;

import io.undertone.bench.recognizer.RecognizerBench;
import io.undertone.bench.simulation.MachineFigures;
import io.undertone.bench.simulation.MachineFit;
import io.undertone.bench.simulation.MachineFit.DeviceAlone;
import io.undertone.bench.simulation.MachineFit.LowLoad;
import io.undertone.bench.simulation.SteadyLoad;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The figures of this machine, fitted with few live calls, and what they foretell of more.
 *
 * @param fittedWith numbers of calls
 * @param levels in the order of their calls
 */
public record LiveForecast(
    MachineFigures machine, List<Integer> fittedWith, List<Foretold> levels) {

  /**
   * A number of calls, measured and foretold.
   *
   * @param foretold by simulation with the fitted figures
   */
  public record Foretold(LiveCalls.Level measured, SteadyLoad foretold) {

    /** Foretold over measured cores. */
    public double coresRatio() {
      return foretold.cores() / measured.coresUsed();
    }

    /** Foretold over measured 95th percentile. */
    public double p95Ratio() {
      return foretold.latencyMs().p95() / measured.latencyMs().p95();
    }
  }

  /** Fits and foretells. Empty if there were no levels to fit with, or the device did nothing. */
  public static Optional<LiveForecast> of(
      LiveCalls.Result live, RecognizerBench.Result recognizer) {
    List<LowLoad> low = live.low().stream().map(LiveForecast::lowLoad).toList();
    if (low.isEmpty() || low.stream().anyMatch(level -> !(level.batchMs() > 0))) {
      return Optional.empty();
    }
    MachineFigures machine = MachineFit.of(live.cores(), alone(recognizer), low);
    return Optional.of(
        new LiveForecast(
            machine,
            live.low().stream().map(LiveCalls.Level::calls).toList(),
            live.high().stream()
                .map(level -> new Foretold(level, SteadyLoad.even(machine, level.calls())))
                .toList()));
  }

  private static LowLoad lowLoad(LiveCalls.Level level) {
    double batches = level.device().batches();
    return new LowLoad(
        level.calls(),
        level.latencyMs().p50(),
        level.latencyMs().p95(),
        level.coresUsed(),
        level.device().busyMs() / batches,
        level.device().utterances() / batches,
        level.deviceUse());
  }

  /** By processor time, which hardly depends on other programs; batches of one and of eight. */
  private static DeviceAlone alone(RecognizerBench.Result recognizer) {
    List<RecognizerBench.Row> rows =
        recognizer.rows().stream()
            .filter(row -> row.utteranceMs() == utteranceMs(recognizer) && row.batch() <= 8)
            .sorted(Comparator.comparingInt(RecognizerBench.Row::batch))
            .toList();
    RecognizerBench.Row small = rows.get(0);
    RecognizerBench.Row large = rows.get(rows.size() - 1);
    return DeviceAlone.of(small.batch(), coreMs(small), large.batch(), coreMs(large));
  }

  /** 3 s, or in a smoke test what was measured. */
  private static int utteranceMs(RecognizerBench.Result recognizer) {
    return recognizer.rows().stream()
        .mapToInt(RecognizerBench.Row::utteranceMs)
        .filter(ms -> ms == (int) MachineFigures.SPEECH_MS)
        .findFirst()
        .orElse(recognizer.rows().get(0).utteranceMs());
  }

  private static double coreMs(RecognizerBench.Row row) {
    return 1_000 * row.batch() / row.utterancesPerCoreSecond();
  }
}

package io.undertone.bench.report;

import io.undertone.bench.pipeline.LiveCalls;
import io.undertone.bench.pipeline.LiveForecast;
import io.undertone.bench.recognizer.EncoderBench;
import io.undertone.bench.recognizer.RecognizerBench;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints the figures as text. */
public final class BenchTable {
  private final PrintWriter out;

  public BenchTable(PrintWriter out) {
    this.out = out;
  }

  public void print(BenchReport report) {
    line("operation                        µs");
    report.micros().forEach((name, micros) -> line("%-28s %8.1f", name, micros));
    line("");
    line("batch  utterance  per second  per core-second   p50 ms   p95 ms   p99 ms  of sgemm");
    for (RecognizerBench.Row row : report.recognizer().rows()) {
      line(
          "%5d  %7d ms  %10.1f  %15.1f  %7.0f  %7.0f  %7.0f  %8.2f",
          row.batch(),
          row.utteranceMs(),
          row.utterancesPerSecond(),
          row.utterancesPerCoreSecond(),
          row.latencyMs().p50(),
          row.latencyMs().p95(),
          row.latencyMs().p99(),
          row.sgemmFraction());
    }
    line("sgemm of one thread: %.1f GFLOP/s", report.recognizer().sgemmGflops());
    report.encoder().ifPresent(this::print);
    line(
        "a call's memory: %d bytes on the device, %d in state",
        report.recognizer().residentBytes(), report.recognizer().stateBytes());
    line(
        "utterance %d of a call costs %.3f times one at the start of a call",
        report.callLength().lastUtterance(), report.callLength().lastOverTenth());
    line(
        "voice activity: %.0f channels per core, %.0f with the detector on each frame",
        report.voice().channels(), report.voice().channelsEachFrame());
    line(
        "pipeline without a model: %.0f chunks per second, %.1f core-µs each",
        report.flood().chunksPerSecond(), report.flood().coreMicrosPerChunk());
    report
        .checkpointBytes()
        .forEach((calls, bytes) -> line("checkpoint of %d live calls: %d bytes", calls, bytes));
    line("");
    line("live calls   p50 ms   p95 ms   p99 ms   cores used");
    for (LiveCalls.Level level : report.live().levels()) {
      line(
          "%10d  %7.0f  %7.0f  %7.0f  %11.2f",
          level.calls(),
          level.latencyMs().p50(),
          level.latencyMs().p95(),
          level.latencyMs().p99(),
          level.coresUsed());
    }
    line(
        "live calls per core within %.0f ms: %.1f; %.2f of what keeps the device busy",
        LiveCalls.BOUND_MS, report.live().callsPerCore(), report.liveCallsOverDevice());
    report.forecast().ifPresent(this::print);
    out.flush();
  }

  private void print(LiveForecast forecast) {
    line("");
    line(
        "foretold from %s live calls:",
        forecast.fittedWith().stream().map(String::valueOf).collect(Collectors.joining(" and ")));
    line("live calls   p95 ms  foretold   cores used  foretold");
    for (LiveForecast.Foretold level : forecast.levels()) {
      line(
          "%10d  %7.0f  %8.0f  %11.2f  %8.2f",
          level.measured().calls(),
          level.measured().latencyMs().p95(),
          level.foretold().latencyMs().p95(),
          level.measured().coresUsed(),
          level.foretold().cores());
    }
  }

  private void print(EncoderBench.Result encoder) {
    encoder
        .coreMsPerUtterance()
        .forEach(
            (arithmetic, coreMs) ->
                line(
                    "encoder in %s, batches of %d: %.1f core-ms per utterance, %.2f times sgemm",
                    arithmetic.name().toLowerCase(Locale.ROOT),
                    EncoderBench.BATCH,
                    coreMs,
                    encoder.overSgemm(arithmetic)));
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}

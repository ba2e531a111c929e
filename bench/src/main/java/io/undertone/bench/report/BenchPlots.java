package io.undertone.bench.report;

import io.undertone.bench.pipeline.LiveCalls;
import io.undertone.bench.plot.LinePlot;
import io.undertone.bench.recognizer.RecognizerBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** The plots of a run. */
public final class BenchPlots {

  private BenchPlots() {}

  /**
   * Writes {@code batches.svg}, {@code call-length.svg}, {@code checkpoints.svg} and {@code
   * live-calls.svg} into a folder, which is created if it is missing.
   */
  public static void write(BenchReport report, Path directory) throws IOException {
    Files.createDirectories(directory);
    SortedMap<Integer, Double> throughput = new TreeMap<>();
    for (RecognizerBench.Row row : report.recognizer().rows()) {
      if (row.utteranceMs() == report.single().utteranceMs()) {
        throughput.put(row.batch(), row.utterancesPerCoreSecond());
      }
    }
    LinePlot.write(
        directory.resolve("batches.svg"),
        "utterances per core-second",
        "utterances in a batch",
        "utterances",
        throughput);
    LinePlot.write(
        directory.resolve("call-length.svg"),
        "cost along the call",
        "utterance",
        "core-ms",
        report.callLength().coreMsByUtterance());
    LinePlot.write(
        directory.resolve("checkpoints.svg"),
        "size of a checkpoint",
        "live calls",
        "bytes",
        report.checkpointBytes());
    SortedMap<Integer, Double> latencies = new TreeMap<>();
    for (LiveCalls.Level level : report.live().levels()) {
      latencies.put(level.calls(), level.latencyMs().p95());
    }
    LinePlot.write(
        directory.resolve("live-calls.svg"),
        "end of utterance to event, 95th percentile",
        "live calls",
        "ms",
        latencies);
  }
}

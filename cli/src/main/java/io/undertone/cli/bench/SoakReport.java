package io.undertone.cli.bench;

import io.undertone.bench.measure.ResidentSeries;
import io.undertone.bench.pipeline.Soak;
import io.undertone.bench.pipeline.SoakPlan;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports a soak, minute by minute and at its end, as text and as JSON. */
final class SoakReport {
  private static final double MIB = 1 << 20;

  private final PrintWriter out;

  SoakReport(PrintWriter out) {
    this.out = out;
  }

  /** Prints a line per minute, at once. */
  void minute(Soak.Sample sample) {
    line(
        "minute %3d: %7.1f MiB resident, %6d utterances recognized, %4d calls ended",
        sample.index(),
        sample.residentBytes() / MIB,
        sample.utterancesRecognized(),
        sample.callsEnded());
  }

  void end(Soak.Result result) {
    SoakPlan plan = result.plan();
    line("");
    line(
        "%d live calls for %d minutes: %d calls, of which %d ended; %d of %d utterances recognized",
        plan.calls(),
        plan.samples(),
        result.callsBegun(),
        result.callsEnded(),
        result.utterancesRecognized(),
        result.utterancesExpected());
    line(
        "latency after the first sixth: p50 %.0f, p95 %.0f, p99 %.0f ms; %.2f cores used",
        result.latencyMs().p50(),
        result.latencyMs().p95(),
        result.latencyMs().p99(),
        result.coresUsed());
    ResidentSeries resident = result.resident();
    line("resident memory, last sixth to second: %+.2f %%", 100 * resident.growth());
    long heapBytes = result.heapTouchedBytes();
    if (heapBytes > 0) {
      line(
          "without the Java heap of %.0f MiB, all of it resident since the start: %+.2f %%",
          heapBytes / MIB, 100 * resident.growthBeside(heapBytes));
    } else {
      line("this includes pages of the Java heap used for the first time; to exclude them:");
      line("UNDERTONE_JAVA_OPTS=\"-Xms1g -Xmx1g -XX:+AlwaysPreTouch\"");
    }
  }

  /** All figures by name. */
  static Map<String, @Nullable Object> json(Soak.Result result) {
    ResidentSeries resident = result.resident();
    long heapBytes = result.heapTouchedBytes();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("soakMinutes", result.plan().samples());
    json.put("soakCalls", result.plan().calls());
    json.put("residentMiB", resident.bytes().stream().map(bytes -> bytes / MIB).toList());
    json.put("residentGrowth", resident.growth());
    json.put("heapTouchedMiB", heapBytes / MIB);
    json.put("residentGrowthBesideHeap", heapBytes > 0 ? resident.growthBeside(heapBytes) : null);
    json.put("latencyP50Ms", result.latencyMs().p50());
    json.put("latencyP95Ms", result.latencyMs().p95());
    json.put("utterancesHeard", result.utterancesRecognized());
    json.put("utterancesExpected", result.utterancesExpected());
    json.put("callsBegun", result.callsBegun());
    json.put("callsEnded", result.callsEnded());
    json.put("coresUsed", result.coresUsed());
    return json;
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}

package io.undertone.bench.report;

import io.undertone.bench.simulation.MachineFigures;
import io.undertone.bench.simulation.Outcome;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Prints a simulated day, hour by hour. */
public final class OutcomeTable {
  private final PrintWriter out;

  public OutcomeTable(PrintWriter out) {
    this.out = out;
  }

  public void print(Outcome outcome, int boundMs, int cores) {
    line(
        "hour  machines  live calls  utterances  p50 ms  p95 ms  p99 ms   late  device  fullest"
            + "     cores  checkpoint kB/s  still s");
    for (Outcome.Hour hour : outcome.hours()) {
      line(
          "%4d  %8d  %10d  %10d  %6.0f  %6.0f  %6.0f  %4.1f%%  %5.0f%%  %6.0f%%  %8.1f  %15.1f"
              + "  %7.0f",
          hour.hour(),
          hour.machines(),
          hour.liveCalls(),
          hour.utterances(),
          hour.latencyMs().p50(),
          hour.latencyMs().p95(),
          hour.latencyMs().p99(),
          100 * hour.lateShare(),
          100 * hour.deviceUse(),
          100 * hour.fullestUse(),
          hour.cores(),
          hour.checkpointBytesPerSecond() / 1e3,
          hour.stoodStillSeconds());
    }
    line(
        "%d calls, %d utterances: %.0f ms (50 %%), %.0f ms (95 %%), %.0f ms (99 %%); worst hour"
            + " %.0f ms (95 %%)",
        outcome.calls(),
        outcome.utterances(),
        outcome.latencyMs().p50(),
        outcome.latencyMs().p95(),
        outcome.latencyMs().p99(),
        outcome.worstHourP95Ms());
    line(
        "%.2f %% later than %d ms; %d recognized again after failures",
        100 * outcome.lateShare(), boundMs, outcome.repeated());
    line(
        "%.0f machine-hours of %d cores: %.2f core-hours per 1,000 calls",
        outcome.machineHours(), cores, coreHoursPerThousand(outcome, cores));
  }

  private static double coreHoursPerThousand(Outcome outcome, int cores) {
    return 1_000 * outcome.machineHours() * cores / outcome.calls();
  }

  /** All figures by name. */
  public static Map<String, Object> json(Outcome outcome, MachineFigures machine) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("calls", outcome.calls());
    json.put("utterances", outcome.utterances());
    json.put("latencyMs", outcome.latencyMs());
    json.put("worstHourP95Ms", outcome.worstHourP95Ms());
    json.put("lateShare", outcome.lateShare());
    json.put("repeated", outcome.repeated());
    json.put("machineHours", outcome.machineHours());
    json.put("coreHoursPerThousandCalls", coreHoursPerThousand(outcome, machine.cores()));
    json.put("machine", machine);
    json.put("hours", outcome.hours());
    return json;
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}

package io.undertone.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.bench.measure.Quantiles;
import io.undertone.bench.measure.ResidentSeries;
import io.undertone.bench.pipeline.Soak;
import io.undertone.bench.pipeline.SoakPlan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoakReportTest {
  private static final long MIB = 1 << 20;

  @Test
  void growthIsSaidWithTheHeapAndBesideIt() {
    Soak.Result result = result(150);

    assertThat(lines(result))
        .contains(
            "resident memory, last sixth to second: +2.00 %",
            "without the Java heap of 150 MiB, all of it resident since the start: +8.00 %");
    assertThat(SoakReport.json(result))
        .containsEntry("soakMinutes", 6)
        .containsEntry("soakCalls", 60)
        .containsEntry("residentMiB", List.of(100.0, 200.0, 201.0, 202.0, 203.0, 204.0))
        .containsEntry("residentGrowthBesideHeap", 54.0 / 50 - 1)
        .containsEntry("latencyP95Ms", 400.0)
        .containsEntry("utterancesExpected", 11L)
        .containsEntry("utterancesHeard", 10L);
  }

  @Test
  void aHeapThatIsYetToBeTouchedIsNamed() {
    Soak.Result result = result(0);

    assertThat(lines(result)).anyMatch(line -> line.contains("AlwaysPreTouch"));
    assertThat(SoakReport.json(result)).containsEntry("residentGrowthBesideHeap", null);
  }

  private static Soak.Result result(long heapMib) {
    List<Long> bytes = List.of(100 * MIB, 200 * MIB, 201 * MIB, 202 * MIB, 203 * MIB, 204 * MIB);
    return new Soak.Result(
        SoakPlan.ofMinutes(6),
        new ResidentSeries(bytes),
        heapMib * MIB,
        3,
        2,
        11,
        10,
        new Quantiles(300, 400, 500),
        1.5);
  }

  private static List<String> lines(Soak.Result result) {
    StringWriter out = new StringWriter();
    new SoakReport(new PrintWriter(out)).end(result);
    return out.toString().lines().toList();
  }
}

package io.undertone.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.undertone.bench.simulation.MachineFit.DeviceAlone;
import io.undertone.bench.simulation.MachineFit.LowLoad;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineFitTest {
  private static final MachineFigures TRUE = new MachineFigures(2, 8, 22, 0.3, 280, 1, 0.2, 0.002);
  private static final DeviceAlone ALONE = new DeviceAlone(8, 22);
  private static final MachineFigures FITTED =
      MachineFit.of(2, ALONE, List.of(lowLoad(30), lowLoad(60)));

  @Test
  void twoBatchesTellWhatAnUtteranceAdds() {
    assertThat(DeviceAlone.of(1, 30, 8, 184)).isEqualTo(new DeviceAlone(8, 22));
    assertThat(DeviceAlone.of(1, 30, 1, 30)).isEqualTo(new DeviceAlone(0, 30));
    // Noise must not make batches cheaper by what they share, or free.
    assertThat(DeviceAlone.of(1, 30, 8, 480)).isEqualTo(new DeviceAlone(0, 30));
    assertThat(DeviceAlone.of(1, 30, 8, 24)).isEqualTo(new DeviceAlone(0, 3));
  }

  /** What a machine does with few calls tells what it does with many. */
  @ParameterizedTest
  @ValueSource(ints = {100, 160, 190})
  void foretellsManyCallsFromFew(int calls) {
    SteadyLoad foretold = SteadyLoad.even(FITTED, calls);
    SteadyLoad happens = SteadyLoad.even(TRUE, calls);

    assertThat(foretold.cores()).isCloseTo(happens.cores(), withinPercentage(5));
    assertThat(foretold.latencyMs().p95())
        .isCloseTo(happens.latencyMs().p95(), withinPercentage(10));
  }

  /** A process whose threads wait for others' takes longer, but no more processor time. */
  @Test
  void aDeviceThatWaitsTakesLessThanACore() {
    LowLoad busy = new LowLoad(30, 400, 460, 0.5, 60, 1, 0.3);
    MachineFigures fitted =
        MachineFit.of(2, ALONE, List.of(busy, new LowLoad(60, 400, 460, 0.8, 60, 1, 0.6)));

    assertThat(fitted.deviceCores()).isEqualTo(0.5);
  }

  private static LowLoad lowLoad(int calls) {
    SteadyLoad load = SteadyLoad.even(TRUE, calls);
    double batchMs = TRUE.batchMs(1) * TRUE.slowdown(calls);
    return new LowLoad(
        calls,
        load.latencyMs().p50(),
        load.latencyMs().p95(),
        load.cores(),
        batchMs,
        1,
        load.deviceUse());
  }
}

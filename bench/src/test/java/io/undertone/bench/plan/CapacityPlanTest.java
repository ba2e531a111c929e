package io.undertone.bench.plan;

import static io.undertone.bench.simulation.MachineFigures.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.bench.plan.CapacityPlan.Load;
import io.undertone.bench.simulation.FleetSize;
import io.undertone.bench.simulation.SteadyLoad;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CapacityPlanTest {
  private static final ModelShape SMALL =
      ModelShape.read(Path.of("../model-torch/src/test/models/undertone-small-b0f08fd"));
  private static final double BOUND_MS = 1_000;

  private static final FleetSize SIZE = new FleetSize(100, SteadyLoad.even(DEFAULT, 100));

  private static CapacityPlan plan(long calls, ModelShape model, DeviceFigures device) {
    FleetSize size = FleetSize.within(BOUND_MS, device.machine(model, Load.DEFAULT, 500));
    return plan(calls, model, device, size);
  }

  private static CapacityPlan plan(
      long calls, ModelShape model, DeviceFigures device, FleetSize size) {
    return CapacityPlan.of(
        calls, model, device, device.machine(model, Load.DEFAULT, 500), size, Load.DEFAULT);
  }

  @Test
  void workLimitsSmallModels() {
    DeviceFigures core = DeviceFigures.parse("core:95:0.45:8");
    CapacityPlan plan = plan(10_000, SMALL, core);

    // 42.75 GFLOP/s for 0.38 GFLOP each: some 112 utterances a second, of 1,667, so 15 devices that
    // are never idle, and all have the same number of calls.
    assertThat(plan.devices()).isBetween(17L, 22L).isEqualTo(plan.devicesByWork());
    assertThat(plan.devicesByMemory()).isEqualTo(1);
    assertThat(plan.stateBytes()).isEqualTo(10_000 * SMALL.stateBytes());
    assertThat(plan.checkpointBytesPerSecond()).isCloseTo(plan.stateBytes() / 10.0, within(1.0));
    // Those 15, 20 that listen, and what each machine takes without calls.
    assertThat(plan.cores()).isBetween(15 + 20 + 4.0, 15 + 20 + 6.0);
  }

  @Test
  void deviceMemoryLimitsLargeMemories() {
    DeviceFigures fast = DeviceFigures.parse("fast:1e9:0.5:80");
    CapacityPlan plan = plan(10_000, ModelShape.llama2With7Billion(64), fast, SIZE);

    // 3750 GiB of memories, with 67 GiB free beside the weights.
    assertThat(plan.devicesByMemory()).isBetween(55L, 57L);
  }

  @Test
  void twiceTheCallsNeedTwiceTheResources() {
    DeviceFigures core = DeviceFigures.parse("core:95:0.45:8");
    CapacityPlan one = plan(100_000, SMALL, core);
    CapacityPlan two = plan(200_000, SMALL, core);

    assertThat(two.stateBytes()).isEqualTo(2 * one.stateBytes());
    assertThat((double) two.devices() / one.devices()).isCloseTo(2, within(0.05));
  }

  @Test
  void weightsAndMemoriesThatDoNotFitAreRefused() {
    DeviceFigures small = DeviceFigures.parse("small:100:0.5:1");
    DeviceFigures large = DeviceFigures.parse("large:100:0.5:80");

    assertThatThrownBy(() -> plan(1, ModelShape.llama2With7Billion(8), small, SIZE))
        .hasMessageStartingWith("small must hold the weights of llama-2-7b-rank-8, 13")
        .hasMessageEndingWith("and a call's memory, 50331648 bytes, but has 1073741824");
    assertThatThrownBy(() -> plan(1, ModelShape.llama2With7Billion(99_999), large, SIZE))
        .hasMessageContaining("a call's memory, 629139308544 bytes, but has 85899345920");
  }

  @Test
  void refusesNumbersOfCallsOutOfRange() {
    DeviceFigures core = DeviceFigures.parse("core:95:0.45:8");

    for (long calls : new long[] {-5, 0, 1_000_000_001}) {
      assertThatThrownBy(() -> plan(calls, SMALL, core, SIZE))
          .hasMessage("calls must be from 1 to 1000000000, but are " + calls);
    }
    DeviceFigures endless = DeviceFigures.parse("endless:95:0.45:1e9");
    ModelShape huge = ModelShape.llama2With7Billion(1_000_000);
    assertThatThrownBy(() -> plan(1_000_000_000, huge, endless, SIZE))
        .hasMessageStartingWith("the bytes of all calls must fit in 64 bit");
  }

  @Test
  void refusesZeroChannelsPerCore() {
    DeviceFigures core = DeviceFigures.parse("core:95:0.45:8");
    for (double channels : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> core.machine(SMALL, Load.DEFAULT, channels))
          .hasMessage("channelsPerCore must be above 0 and finite, but is " + channels);
    }
  }

  @Test
  void aRecognizerMayBeFasterThanFloat32Products() {
    assertThat(DeviceFigures.parse("core:95:2.4:8").fraction()).isEqualTo(2.4);
  }

  @Test
  void refusesInvalidDevices() {
    assertThatThrownBy(() -> DeviceFigures.parse("core:95"))
        .hasMessage("a device must be NAME:GFLOPS:FRACTION:GIB, but is core:95");
    assertThatThrownBy(() -> DeviceFigures.parse("core:x:0.5:8"))
        .hasMessage("a device must be NAME:GFLOPS:FRACTION:GIB, but is core:x:0.5:8");
    assertThatThrownBy(() -> DeviceFigures.parse("core:95:0:8"))
        .hasMessage("fraction must be above 0 and finite, but is 0.0");
    assertThatThrownBy(() -> DeviceFigures.parse(":95:0.5:8"))
        .hasMessage("a device's name must not be blank, but is ''");
    assertThatThrownBy(() -> DeviceFigures.parse("core:Infinity:0.5:8"))
        .hasMessage("gflops must be above 0 and finite, but are Infinity");
  }
}

package io.undertone.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.bench.measure.Quantiles;
import io.undertone.bench.pipeline.LiveCalls.Level;
import io.undertone.bench.pipeline.LiveCalls.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveCallsTest {

  @Test
  void countsTheMostCallsWithinTheBound() {
    Result result = result(level(64, 400), level(128, 600), level(96, 500));

    assertThat(result.calls()).isEqualTo(96);
    assertThat(result.callsPerCore()).isEqualTo(48);
    // 20 utterances a second, each of a call with one every 6 s, keep the device busy.
    assertThat(result.callsOverDevice(20)).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void noLevelWithinTheBoundIsNoCall() {
    assertThat(result(level(16, 501)).calls()).isZero();
  }

  @Test
  void aDeviceIsUsedWhileItComputesBatches() {
    assertThat(level(16, 400).deviceUse()).isEqualTo(0.25);
  }

  private static Result result(Level... levels) {
    return new Result(2, List.of(levels), List.of(), List.of());
  }

  private static Level level(int calls, double p95Ms) {
    DeviceUse device = new DeviceUse(100, 120, 5_000);
    return new Level(calls, calls, new Quantiles(p95Ms, p95Ms, p95Ms), 1, device, 20);
  }
}

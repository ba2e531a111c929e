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
    Result result = new Result(2, List.of(level(64, 400), level(128, 600), level(96, 500)));

    assertThat(result.calls()).isEqualTo(96);
    assertThat(result.callsPerCore()).isEqualTo(48);
    // 20 utterances a second, each of a call with one every 6 s, keep the device busy.
    assertThat(result.callsOverDevice(20)).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void noLevelWithinTheBoundIsNoCall() {
    assertThat(new Result(2, List.of(level(16, 501))).calls()).isZero();
  }

  private static Level level(int calls, double p95Ms) {
    return new Level(calls, calls, new Quantiles(p95Ms, p95Ms, p95Ms), 1);
  }
}

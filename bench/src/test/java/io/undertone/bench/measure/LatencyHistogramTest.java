package io.undertone.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

  @Test
  void countsWhatIsLongerThanABound() {
    LatencyHistogram latencies = new LatencyHistogram();
    LatencyHistogram others = new LatencyHistogram();
    latencies.add(1_000);
    latencies.add(1_001);
    others.add(2_000);
    others.add(1);
    latencies.add(others);

    assertThat(latencies.count()).isEqualTo(4);
    assertThat(latencies.shareAbove(1_000)).isEqualTo(0.5);
    assertThat(new LatencyHistogram().shareAbove(1_000)).isZero();
  }

  private final LatencyHistogram histogram = new LatencyHistogram();

  @Test
  void quantilesAreThoseOfTheLatencies() {
    List<Double> latenciesMs = new ArrayList<>();
    for (int i = 0; i < 137; i++) {
      long latencyMs = i * 61 % 137 * 3;
      histogram.add(latencyMs);
      latenciesMs.add((double) latencyMs);
    }

    assertThat(histogram.quantiles()).isEqualTo(Quantiles.of(latenciesMs));
  }

  @Test
  void latenciesOutOfRangeAreClamped() {
    histogram.add(-5);
    assertThat(histogram.quantiles().p99()).isZero();
    histogram.add(Long.MAX_VALUE);
    assertThat(histogram.quantiles().p99()).isEqualTo(LatencyHistogram.LONGEST_MS);
  }

  @Test
  void anEmptyHistogramHasNoQuantiles() {
    assertThatIllegalStateException()
        .isThrownBy(histogram::quantiles)
        .withMessage("latencies must be at least 1, but are 0");
  }
}

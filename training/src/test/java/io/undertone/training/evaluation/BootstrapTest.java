package io.undertone.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(7, 4000);

  @Test
  void equalItemsGiveAnEmptyInterval() {
    assertThat(BOOTSTRAP.interval(Collections.nCopies(9, 0.25), BootstrapTest::mean))
        .isEqualTo(new Interval(0.25, 0.25));
  }

  @Test
  void theIntervalOfAShareIsThatOfTheBinomialDistribution() {
    List<Double> coins = IntStream.range(0, 100).mapToObj(i -> i % 2 * 1.0).toList();

    Interval interval = BOOTSTRAP.interval(coins, BootstrapTest::mean);

    // 1.96 · √(0.5 · 0.5 / 100)
    assertThat(interval.low()).isCloseTo(0.5 - 0.098, within(0.015));
    assertThat(interval.high()).isCloseTo(0.5 + 0.098, within(0.015));
  }

  @Test
  void theSeedDecidesTheResamples() {
    List<Double> items = IntStream.range(0, 20).mapToObj(i -> i * i / 10.0).toList();

    Interval first = BOOTSTRAP.interval(items, BootstrapTest::mean);

    assertThat(BOOTSTRAP.interval(items, BootstrapTest::mean)).isEqualTo(first);
    assertThat(new Bootstrap(8, 4000).interval(items, BootstrapTest::mean)).isNotEqualTo(first);
  }

  @Test
  void rejectsZeroSamples() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bootstrap(1, 0))
        .withMessage("samples must be at least 1, but are 0");
  }

  private static double mean(List<Double> items) {
    return items.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}

package io.undertone.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResidentSeriesTest {
  /** Each sixth is two samples; the lower of both is its median. */
  private static final ResidentSeries SERIES =
      new ResidentSeries(List.of(10L, 60L, 100L, 180L, 120L, 120L, 0L, 0L, 0L, 0L, 110L, 300L));

  @Test
  void growthIsMeasuredFromTheSecondSixthToTheLast() {
    assertThat(SERIES.growth()).isEqualTo(0.1, within(1e-12));
  }

  @Test
  void aConstantPartDoesNotHideGrowth() {
    assertThat(SERIES.growthBeside(50)).isEqualTo(0.2, within(1e-12));
  }

  @Test
  void fewerSamplesThanSixthsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ResidentSeries(List.of(1L, 2L, 3L, 4L, 5L)))
        .withMessage("samples must be at least 6, but are 5");
  }

  @Test
  void thisProcessIsResident() {
    assertThat(ResidentMemory.bytes()).isGreaterThan(10L << 20);
  }
}

package io.undertone.training.optimization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneCycleTest {

  private static final float PEAK = 1e-3f;

  @ParameterizedTest
  @CsvSource({"2000, 200", "1000, 170", "560, 170", "100, 50"})
  void risesOverTheFirstTenthOrTheLeastNumberOfSteps(int steps, int highest) {
    OneCycle rate = OneCycle.rising(PEAK, steps, 170);

    assertThat(highestStep(rate)).isEqualTo(highest);
    assertThat(rate.at(highest)).isEqualTo(PEAK);
    assertThat(rate.at(0)).isEqualTo(PEAK / 25, within(1e-9f));
    assertThat(rate.at(steps - 1)).isLessThan(PEAK / 100);
  }

  @ParameterizedTest
  @CsvSource({"2000, 200", "560, 56"})
  void risesOverTheFirstTenthWithoutALeastNumber(int steps, int highest) {
    assertThat(highestStep(new OneCycle(PEAK, steps))).isEqualTo(highest);
  }

  private static int highestStep(OneCycle rate) {
    return IntStream.range(0, rate.steps())
        .boxed()
        .max(Comparator.comparingDouble(rate::at))
        .orElseThrow();
  }
}

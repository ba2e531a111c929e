package io.undertone.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantilesTest {

  @Test
  void quantilesAreValuesOfTheSet() {
    List<Double> values = IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList();

    assertThat(Quantiles.of(values)).isEqualTo(new Quantiles(50, 95, 99));
  }

  @Test
  void allQuantilesOfOneValueEqualIt() {
    assertThat(Quantiles.of(List.of(7.0))).isEqualTo(new Quantiles(7, 7, 7));
  }

  @Test
  void refusesAnEmptySet() {
    assertThatThrownBy(() -> Quantiles.of(List.of()))
        .hasMessage("values must be at least 1, but are 0");
  }
}

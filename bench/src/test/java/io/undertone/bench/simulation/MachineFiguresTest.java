package io.undertone.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MachineFiguresTest {

  /** E[1 / (1 + K)] = (1 - exp(-λ)) / λ for a Poisson distributed K. */
  @Test
  void threadsShareOneCoreEvenly() {
    MachineFigures one = new MachineFigures(1, 5, 20, 0, 265, 1, 0.25, 0.25);

    assertThat(one.slowdown(3)).isCloseTo(1 / (1 - Math.exp(-1)), within(1e-4));
  }

  @Test
  void aGpuIsNotSlowedByProcessors() {
    assertThat(new MachineFigures(1, 5, 20, 0, 265, 0, 1, 1).slowdown(100)).isEqualTo(1);
  }

  @Test
  void aMachineThatDoesNothingElseSlowsNothing() {
    assertThat(new MachineFigures(2, 5, 20, 0, 265, 1, 0, 0).slowdown(100)).isEqualTo(1);
    assertThat(MachineFigures.DEFAULT.slowdown(0))
        .isBetween(1.0, MachineFigures.DEFAULT.slowdown(100));
  }

  @Test
  void refusesImpossibleFigures() {
    assertThatThrownBy(() -> new MachineFigures(2, 5, 0, 0, 265, 1, 0, 0))
        .hasMessageStartingWith("utteranceMs must be finite and at least");
    assertThatThrownBy(() -> new MachineFigures(2, 5, 20, Double.NaN, 265, 1, 0, 0))
        .hasMessage("spread must be finite and at least 0.0, but is NaN");
  }
}

package io.undertone.training.optimization;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundsStateTest {

  @Test
  void countsRoundsSinceTheBest() {
    RoundsState state = RoundsState.INITIAL.after(0.9).after(0.7).after(0.8).after(0.75);

    assertThat(state).isEqualTo(new RoundsState(4, 2, 0.7));
    assertThat(state.after(0.7)).isEqualTo(new RoundsState(5, 0, 0.7));
  }

  @Test
  void theLastRoundIsTheBestWithoutADevelopmentSet() {
    RoundsState state = RoundsState.INITIAL.after(Double.NaN).after(Double.NaN);

    assertThat(state.done()).isEqualTo(2);
    assertThat(state.sinceBest()).isZero();
  }
}

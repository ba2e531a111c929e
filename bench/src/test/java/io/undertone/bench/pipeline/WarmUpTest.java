package io.undertone.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private long compilingMs;
  private long clockMs;

  @Test
  void endsWithTheFirstRoundInWhichTheCompilersDidLittle() throws Exception {
    assertThat(roundsOf(10, List.of(900, 300, 101, 100, 50))).isEqualTo(4);
  }

  @Test
  void endsAfterAsManyRoundsAsAllowed() throws Exception {
    assertThat(roundsOf(3, List.of(900, 900, 900, 900))).isEqualTo(3);
  }

  /**
   * How many rounds of a second it takes.
   *
   * @param compiling milliseconds of the compilers in each round
   */
  private int roundsOf(int most, List<Integer> compiling) throws Exception {
    List<Integer> left = new ArrayList<>(compiling);
    new WarmUp(() -> compilingMs, () -> clockMs)
        .run(
            most,
            () -> {
              clockMs += 1_000;
              compilingMs += left.remove(0);
            });
    return compiling.size() - left.size();
  }
}

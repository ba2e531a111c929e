package io.undertone.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetSizeTest {
  private static final FleetSize SIZE = FleetSize.within(1_000, MachineFigures.DEFAULT);

  @Test
  void oneMoreCallThanAMachineServesIsTooMany() {
    assertThat(SIZE.most().latencyMs().p95()).isLessThanOrEqualTo(1_000);
    assertThat(SteadyLoad.random(MachineFigures.DEFAULT, 1, SIZE.callsPerMachine() * 11 / 10))
        .matches(load -> load.latencyMs().p95() > 1_000);
    assertThat(SIZE.machines(SIZE.callsPerMachine())).isEqualTo(1);
  }

  /** Calls are keyed, so some machines have more of them than others. */
  @ParameterizedTest
  @CsvSource({"10000, 40, 720", "10000, 40, 32768", "20000, 100, 720"})
  void theFullestMachineHasAsManyCallsAsForetold(int calls, int machines, int keyGroups) {
    double bound = FleetSize.fullest(calls, machines, keyGroups);
    int within = 0;
    for (int day = 0; day < 100; day++) {
      int[] counts = new int[machines];
      for (int call = 0; call < calls; call++) {
        String key = day + "-" + call;
        counts[KeyGroupRangeAssignment.assignKeyToParallelOperator(key, keyGroups, machines)]++;
      }
      within += IntStream.of(counts).max().orElseThrow() <= bound ? 1 : 0;
    }

    assertThat(within).isBetween(85, 100);
  }

  @Test
  void findsTheFewestMachines() {
    for (int calls : new int[] {1, 500, 10_000, 1_000_000}) {
      long machines = SIZE.machines(calls);
      assertThat(FleetSize.fullest(calls, machines, FleetSize.KEY_GROUPS))
          .isLessThanOrEqualTo(SIZE.callsPerMachine());
      assertThat(machines == 1 || tooFew(calls, machines - 1)).as("%d calls", calls).isTrue();
    }
  }

  private static boolean tooFew(int calls, long machines) {
    return FleetSize.fullest(calls, machines, FleetSize.KEY_GROUPS) > SIZE.callsPerMachine();
  }

  @Test
  void aBoundThatNoCallKeepsIsRefused() {
    assertThatThrownBy(() -> FleetSize.within(200, MachineFigures.DEFAULT))
        .hasMessageMatching("p95 must be at most 200 ms, but one call .* has \\d+ ms");
  }
}

package io.undertone.operators.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordClocksTest {
  private static final long BEGIN_MS = 1_700_000_000_000L;
  private static final long STALL_MS = 60_000;

  private final RecordClocks clocks = new RecordClocks(STALL_MS);

  @Test
  void timePassesWithTheTimestamps() {
    assertThat(passed(0)).isZero();
    assertThat(passed(20)).isEqualTo(20);
    assertThat(passed(60_020)).isEqualTo(60_020);
  }

  @Test
  void recordsOutOfOrderCountOnce() {
    assertThat(passed(0, 40, 20, 60, 50)).isEqualTo(60);
  }

  @Test
  void partitionsHaveTimesOfTheirOwn() {
    passed(0, 50_000);

    assertThat(clocks.read(1, BEGIN_MS + 7)).isEqualTo(BEGIN_MS + 7);
  }

  @Test
  void aStallCountsNoLongerThanTheShortestOne() {
    assertThat(passed(0, 1_000_000)).as("the first record after it").isZero();
    assertThat(passed(1_000_020, 1_000_040)).isEqualTo(STALL_MS + 20);
  }

  @Test
  void oneWrongTimestampCountsNothing() {
    assertThat(passed(0, 20, Long.MAX_VALUE - BEGIN_MS, 40, 60)).isEqualTo(60);
  }

  @Test
  void olderRecordsCountNothing() {
    // A call of last year, replayed with its capture times as timestamps.
    assertThat(passed(0, 20, -30_000_000_000L, -29_999_900_000L, 40)).isEqualTo(40);
  }

  @Test
  void recordsWithoutTimestampsCountNothing() {
    assertThat(clocks.read(2, -1)).isEqualTo(-1);
    assertThat(clocks.read(2, -1)).isEqualTo(-1);
  }

  @Test
  void ofTwoRestoredClocksTheLaterOneCounts() {
    passed(0, 20);
    RecordClocks later = new RecordClocks(STALL_MS);
    later.read(0, BEGIN_MS);
    later.read(0, BEGIN_MS + 500);
    RecordClocks restored = new RecordClocks(STALL_MS);
    restored.restore(later.all());
    restored.restore(clocks.all());

    assertThat(restored.read(0, BEGIN_MS)).isEqualTo(BEGIN_MS + 500);
  }

  /** Time of partition 0 after records, since the first one. */
  private long passed(long... timestampsMs) {
    long timeMs = BEGIN_MS;
    for (long timestampMs : timestampsMs) {
      timeMs = clocks.read(0, BEGIN_MS + timestampMs);
    }
    return timeMs - BEGIN_MS;
  }
}

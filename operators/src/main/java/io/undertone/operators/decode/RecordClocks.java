package io.undertone.operators.decode;

import io.undertone.operators.state.PartitionClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The times of partitions, which pass with the timestamps of their records, so that a backlog and a
 * replay measure the same silence as a live topic did.
 *
 * <p>Within a partition, timestamps mostly rise by small steps. A large step is a stall of the
 * partition, or a wrong timestamp: it counts once a second record confirms it, and then no longer
 * than the shortest stall. Timestamps below the highest so far count nothing.
 */
final class RecordClocks {
  private static final long NONE = -1;

  private final long stallMs;
  private final Map<Integer, PartitionClock> clocks = new HashMap<>();

  /**
   * Starts without a partition.
   *
   * @param stallMs partitions without a record for longer have stalled
   */
  RecordClocks(long stallMs) {
    this.stallMs = stallMs;
  }

  /** Adds restored clocks; of two clocks of a partition, the later one counts. */
  void restore(Iterable<PartitionClock> restored) {
    for (PartitionClock clock : restored) {
      clocks.merge(clock.getPartition(), clock, (a, b) -> a.getTimeMs() >= b.getTimeMs() ? a : b);
    }
  }

  List<PartitionClock> all() {
    return new ArrayList<>(clocks.values());
  }

  /** The partition's time after a record with this timestamp. */
  long read(int partition, long timestampMs) {
    PartitionClock clock =
        clocks.computeIfAbsent(
            partition, added -> new PartitionClock(added, timestampMs, timestampMs, NONE));
    long stepMs = timestampMs - clock.getHighestMs();
    if (stepMs <= 0) {
      return clock.getTimeMs();
    }
    if (stepMs <= stallMs) {
      pass(clock, stepMs, timestampMs);
    } else if (clock.getLeapMs() != NONE && Math.abs(timestampMs - clock.getLeapMs()) <= stallMs) {
      pass(clock, stallMs, Math.max(timestampMs, clock.getLeapMs()));
    } else {
      clock.setLeapMs(timestampMs);
    }
    return clock.getTimeMs();
  }

  private static void pass(PartitionClock clock, long stepMs, long highestMs) {
    clock.setTimeMs(clock.getTimeMs() + stepMs);
    clock.setHighestMs(highestMs);
    clock.setLeapMs(NONE);
  }
}

package io.undertone.local.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run did and found.
 *
 * @param recoveries of all faults, in their order
 * @param calls that were played
 * @param check what the comparison of the events found
 * @param unusable dead letters and late chunks; an undisturbed run has none
 * @param recovered whether the job came back after each fault
 */
public record ChaosReport(
    List<Recovery> recoveries, int calls, CheckResult check, long unusable, boolean recovered) {

  /**
   * How a job came back.
   *
   * @param kind of the fault
   * @param durationMs from the end of the fault until a new event has come and a checkpoint that
   *     began later is complete
   */
  public record Recovery(FaultKind kind, long durationMs) {}

  public ChaosReport {
    recoveries = List.copyOf(recoveries);
  }

  /** Whether nothing is lost, nothing conflicts, and the job came back after each fault. */
  public boolean isClean() {
    return recovered && unusable == 0 && check.isClean();
  }

  /** The number of faults of each kind that happened. */
  public Map<String, Integer> faults() {
    Map<String, Integer> faults = new LinkedHashMap<>();
    recoveries.forEach(recovery -> faults.merge(recovery.kind().toString(), 1, Integer::sum));
    return faults;
  }

  /** The longest recovery; 0 without faults. */
  public long recoveryMsMax() {
    return recoveries.stream().mapToLong(Recovery::durationMs).max().orElse(0);
  }

  /** The median of the recoveries; 0 without faults. */
  public long recoveryMsMedian() {
    List<Long> sorted =
        new ArrayList<>(recoveries.stream().map(Recovery::durationMs).sorted().toList());
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }
}

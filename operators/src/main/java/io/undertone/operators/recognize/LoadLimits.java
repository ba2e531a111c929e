package io.undertone.operators.recognize;

import io.undertone.operators.Bounds;
import java.io.Serializable;

/**
 * When utterances do without a memory. Each has its event all the same, which says so.
 *
 * @param mostCallsOfTenant calls with a memory of one tenant in each subtask; utterances of further
 *     calls do without one
 * @param mostStepsOfCall when a call has this many steps in progress, its next utterances do
 *     without its memory, so that they need not wait for each other; 0 is no limit
 * @param shedLagMs utterances whose end was captured longer ago do without; 0 is no limit
 */
public record LoadLimits(int mostCallsOfTenant, int mostStepsOfCall, long shedLagMs)
    implements Serializable {

  public LoadLimits {
    Bounds.atLeast(1, "mostCallsOfTenant", mostCallsOfTenant);
    Bounds.atLeast(0, "mostStepsOfCall", mostStepsOfCall);
    Bounds.atLeast(0, "shedLagMs", shedLagMs);
  }

  /** 10,000 calls; no other limits, since a replay must give the same events. */
  public static LoadLimits defaults() {
    return new LoadLimits(10_000, 0, 0);
  }
}

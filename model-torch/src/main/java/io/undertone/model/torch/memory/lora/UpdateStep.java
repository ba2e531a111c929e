package io.undertone.model.torch.memory.lora;

import io.undertone.model.MemoryUpdate;
import io.undertone.model.torch.memory.RowUpdates;
import java.util.Optional;

/** An update of a batch that is computed, and not yet applied to the memories or dropped. */
final class UpdateStep {
  private final LoraState after;
  private final RowUpdates rows;

  /**
   * @param after (batch, parameters)
   */
  UpdateStep(LoraState after, RowUpdates rows) {
    this.after = after;
    this.rows = rows;
  }

  /**
   * Drops the updates that led to an estimate that is not finite.
   *
   * @return whether any was dropped
   */
  boolean dropWhereNotFinite(float[][] probabilities) {
    return rows.dropWhereNotFinite(probabilities);
  }

  /** The state after the update; rows whose update was dropped are as in {@code before}. */
  LoraState appliedTo(LoraState before) {
    boolean[] applied = rows.applied();
    for (boolean row : applied) {
      if (!row) {
        return after.where(applied, before);
      }
    }
    return after;
  }

  MemoryUpdate report(int row, int tokens) {
    return rows.report(row, tokens);
  }

  /** A copy of one row's new state, in the manager of the batch; empty if it was dropped. */
  Optional<LoraState> row(int row) {
    return rows.applied(row) ? Optional.of(after.row(row)) : Optional.empty();
  }
}
